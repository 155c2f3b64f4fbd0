//! The code with which a kiosk is left: kept sealed, so that nobody reads it off the form.

use sha2::{Digest, Sha256};

use crate::model::form::Kiosk;

/// So many rounds, that trying all codes of six digits takes a while.
const ROUNDS: usize = 5_000;

/// A code as it is kept, with the salt that it was sealed with.
pub fn seal(code: &str, salt: &str) -> String {
    let mut hash = Sha256::digest(format!("{salt}:{}", code.trim()));
    for _ in 1..ROUNDS {
        hash = Sha256::new().chain_update(salt).chain_update(hash).finalize();
    }
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a code opens a kiosk; one without a code is open to anybody.
pub fn opens(kiosk: &Kiosk, code: &str) -> bool {
    kiosk.sealed_code.is_empty() || seal(code, &kiosk.salt) == kiosk.sealed_code
}
