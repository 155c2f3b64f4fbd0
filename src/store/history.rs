//! Which log entries touch a record: packed by a hash of its id, with what came since the last checkpoint in memory.
//!
//! Like pages this is a cache of the log. Buckets are unions of positions, so writing one twice does no harm.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::id::{RecordId, split_mix};
use crate::store::codec::{self, Bytes, Damaged, put_number};
use crate::store::log::LogPosition;

/// Number of buckets: few enough to be rewritten at once after an import, many enough for one to be read in no time.
pub const BUCKETS: u64 = 256;

/// The bucket of a record.
pub fn bucket(record: RecordId) -> u64 {
    split_mix((record.0 >> 64) as u64 ^ record.0 as u64) % BUCKETS
}

/// What has come to be since the buckets were written.
#[derive(Default)]
pub struct Tail {
    positions: FxHashMap<RecordId, Vec<LogPosition>>,
}

impl Tail {
    /// Notes that an entry touches records; an entry noted twice counts once.
    pub fn note(&mut self, position: LogPosition, records: impl IntoIterator<Item = RecordId>) {
        for record in records {
            let positions = self.positions.entry(record).or_default();
            if positions.last().is_none_or(|last| *last < position) {
                positions.push(position);
            } else if let Err(at) = positions.binary_search(&position) {
                positions.insert(at, position);
            }
        }
    }

    /// The entries that touch a record.
    pub fn of(&self, record: RecordId) -> &[LogPosition] {
        self.positions.get(&record).map_or(&[], Vec::as_slice)
    }

    /// The buckets that have to be written.
    pub fn buckets(&self) -> Vec<u64> {
        let mut buckets: Vec<u64> = self.positions.keys().map(|record| bucket(*record)).collect();
        buckets.sort_unstable();
        buckets.dedup();
        buckets
    }

    /// The buckets that have to be written, each joined with what stands in it now, for entries up to a position.
    pub fn join(&self, upto: LogPosition, mut standing: BTreeMap<u64, Bucket>) -> Vec<(u64, Vec<u8>)> {
        let mut touched: FxHashSet<u64> = FxHashSet::default();
        for (record, positions) in &self.positions {
            let number = bucket(*record);
            let known = standing.entry(number).or_default().entry(*record).or_default();
            for position in positions.iter().filter(|position| **position <= upto) {
                touched.insert(number);
                if let Err(at) = known.binary_search(position) {
                    known.insert(at, *position);
                }
            }
        }
        standing.retain(|number, _| touched.contains(number));
        standing.into_iter().map(|(number, bucket)| (number, encode(&bucket))).collect()
    }

    /// Forgets the entries up to a position, which are in buckets now.
    pub fn forget(&mut self, upto: LogPosition) {
        self.positions.retain(|_, positions| {
            positions.retain(|position| *position > upto);
            !positions.is_empty()
        });
    }
}

/// Positions by record, ascending.
pub type Bucket = BTreeMap<RecordId, Vec<LogPosition>>;

/// Packs a bucket.
pub fn encode(bucket: &Bucket) -> Vec<u8> {
    let mut out = Vec::with_capacity(bucket.len() * 20);
    put_number(&mut out, bucket.len() as u64);
    for (record, positions) in bucket {
        out.extend_from_slice(&record.0.to_le_bytes());
        put_number(&mut out, positions.len() as u64);
        let mut before = 0;
        for position in positions {
            put_number(&mut out, position.0.wrapping_sub(before));
            before = position.0;
        }
    }
    codec::seal(&out)
}

/// Unpacks a bucket.
pub fn decode(sealed: &[u8]) -> Result<Bucket, Damaged> {
    let mut bytes = Bytes::new(codec::unseal(sealed)?);
    let mut bucket = Bucket::new();
    for _ in 0..bytes.count()? {
        let record = RecordId(bytes.wide()?);
        let count = bytes.count()?;
        let mut positions = Vec::with_capacity(count);
        let mut before = 0u64;
        for _ in 0..count {
            before = before.wrapping_add(bytes.number()?);
            positions.push(LogPosition(before));
        }
        bucket.insert(record, positions);
    }
    Ok(bucket)
}
