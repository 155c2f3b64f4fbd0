//! The bytes of a page: records packed with each name and each repeated text written once, inside an envelope with a checksum.
//!
//! Pages are a cache of the log, so this format is never migrated: a page of another version is thrown away and made anew.

mod bytes;
mod value;

use std::sync::Arc;

pub use bytes::{Bytes, Damaged, checksum, put_number, put_signed, put_text};

use crate::model::id::{EntityId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::time::Instant;
use value::{KnownNames, KnownTexts, SeenNames, SeenTexts};

/// The version of the page format.
pub const PAGE_VERSION: u8 = 1;

const MARK: [u8; 3] = *b"Pnl";
const ENVELOPE: usize = MARK.len() + 1 + 8;

/// Puts a body into an envelope: a mark, the version and the checksum of the body.
pub fn seal(body: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(ENVELOPE + body.len());
    sealed.extend_from_slice(&MARK);
    sealed.push(PAGE_VERSION);
    sealed.extend_from_slice(&checksum(body).to_le_bytes());
    sealed.extend_from_slice(body);
    sealed
}

/// Takes the body out of an envelope, if it is what was put in.
pub fn unseal(sealed: &[u8]) -> Result<&[u8], Damaged> {
    let mut envelope = Bytes::new(sealed);
    let mark = envelope.take(MARK.len())?;
    let version = envelope.byte()?;
    let sum: [u8; 8] = envelope.take(8)?.try_into().map_err(|_| Damaged)?;
    let body = envelope.take(envelope.left())?;
    let sound = mark == MARK && version == PAGE_VERSION && checksum(body) == u64::from_le_bytes(sum);
    if sound { Ok(body) } else { Err(Damaged) }
}

/// Packs the records of one entity.
pub fn encode_records<'a>(entity: EntityId, records: impl ExactSizeIterator<Item = &'a Record>) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() * 160);
    let mut names = SeenNames::default();
    let mut texts = SeenTexts::default();
    put_text(&mut out, entity.as_str());
    put_number(&mut out, records.len() as u64);
    for record in records {
        out.extend_from_slice(&record.id.0.to_le_bytes());
        put_signed(&mut out, record.created.0);
        put_signed(&mut out, record.updated.0.wrapping_sub(record.created.0));
        put_number(&mut out, record.values.len() as u64);
        for (field, value) in record.values.iter() {
            names.put(&mut out, field.as_str());
            value::put(&mut out, value, &mut names, &mut texts);
        }
    }
    out
}

/// Unpacks what [`encode_records`] packed. Any bytes may be given: what is not right is refused.
pub fn decode_records(body: &[u8]) -> Result<(EntityId, Vec<Arc<Record>>), Damaged> {
    let mut bytes = Bytes::new(body);
    let mut names = KnownNames::default();
    let mut texts = KnownTexts::default();
    let entity = EntityId::new(bytes.text()?);
    let count = bytes.count()?;
    let mut records = Vec::with_capacity(count.min(bytes.left() / 16));
    for _ in 0..count {
        let id = RecordId(bytes.wide()?);
        let created = bytes.signed()?;
        let updated = created.wrapping_add(bytes.signed()?);
        let filled = bytes.count()?;
        let mut values = Values::with_capacity(filled);
        for _ in 0..filled {
            let field = names.field(&mut bytes)?;
            let value = value::take(&mut bytes, &mut names, &mut texts)?;
            if value.is_empty() {
                return Err(Damaged);
            }
            // Forged bytes may name a field twice: then its first value counts, which costs nobody a look at every other field.
            values.add(field, value);
        }
        records.push(Arc::new(Record { id, entity, created: Instant(created), updated: Instant(updated), values }));
    }
    if bytes.left() == 0 { Ok((entity, records)) } else { Err(Damaged) }
}
