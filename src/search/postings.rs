//! Which texts of a segment have a term: their places in it, in order, in few bytes.

use super::Damaged;

/// A list, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// Distances, each in bytes of seven bits.
    Distances(Vec<u8>),
    /// A bit for each text, where more than one in eight has the term.
    Bits(Vec<u8>),
    /// Something else that is kept among lists.
    Other(Vec<u8>),
}

impl List {
    /// Of places in order, each once, in a segment of so many texts.
    pub fn of(places: &[u32], texts: usize) -> Self {
        if places.len() > texts / 8 && places.len() > 8 {
            let mut bits = vec![0_u8; texts.div_ceil(8)];
            for place in places {
                if let Some(byte) = bits.get_mut(*place as usize / 8) {
                    *byte |= 1 << (place % 8);
                }
            }
            return Self::Bits(bits);
        }
        let mut bytes = Vec::with_capacity(places.len() * 2);
        let mut next = 0;
        for place in places {
            write_number(&mut bytes, u64::from(place - next));
            next = place + 1;
        }
        Self::Distances(bytes)
    }

    /// The places.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn places(&self) -> Result<Vec<u32>, Damaged> {
        match self {
            Self::Bits(bits) => {
                let mut places = Vec::with_capacity(bits.len() * 2);
                for (at, byte) in (0_u32..).step_by(8).zip(bits) {
                    let mut left = *byte;
                    while left != 0 {
                        places.push(at + left.trailing_zeros());
                        left &= left - 1;
                    }
                }
                Ok(places)
            }
            Self::Distances(bytes) => {
                let mut rest = bytes.as_slice();
                let mut places = Vec::with_capacity(bytes.len());
                let mut next = 0_u32;
                while !rest.is_empty() {
                    let distance = u32::try_from(read_number(&mut rest)?).map_err(|_| Damaged)?;
                    let place = next.checked_add(distance).ok_or(Damaged)?;
                    places.push(place);
                    next = place.checked_add(1).ok_or(Damaged)?;
                }
                Ok(places)
            }
            Self::Other(_) => Err(Damaged),
        }
    }

    /// As it is stored.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Distances(bytes) | Self::Bits(bytes) | Self::Other(bytes) => bytes,
        }
    }
}

/// Appends a number in bytes of seven bits, the lowest first.
pub fn write_number(bytes: &mut Vec<u8>, number: u64) {
    let mut left = number;
    while left >= 0x80 {
        bytes.push(low_byte(left) | 0x80);
        left >>= 7;
    }
    bytes.push(low_byte(left));
}

fn low_byte(number: u64) -> u8 {
    number.to_le_bytes()[0] & 0x7f
}

/// Takes a number off the beginning.
///
/// # Errors
/// [`Damaged`].
pub fn read_number(bytes: &mut &[u8]) -> Result<u64, Damaged> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or(Damaged)?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Damaged)
}

/// The places that are in both, in order.
pub fn both(one: &[u32], other: &[u32]) -> Vec<u32> {
    let (few, many) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let mut rest = many;
    let mut found = Vec::with_capacity(few.len());
    for place in few {
        // By leaps, since the other one may be a thousand times as long.
        let mut leap = 1;
        while rest.get(leap).is_some_and(|at| at < place) {
            leap *= 2;
        }
        let reach = rest.len().min(leap + 1);
        rest = &rest[rest[..reach].partition_point(|at| at < place)..];
        if rest.first() == Some(place) {
            found.push(*place);
        }
    }
    found
}

/// The places that are in any, in order, each once.
pub fn either(lists: Vec<Vec<u32>>) -> Vec<u32> {
    let mut all: Vec<u32> = lists.into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn damage_is_noticed() {
        for bytes in [&[0x80][..], &[0xff; 11], &[0xff, 0xff, 0xff, 0xff, 0x7f]] {
            assert_eq!(List::Distances(bytes.to_vec()).places(), Err(Damaged));
        }
        assert_eq!(List::Other(Vec::new()).places(), Err(Damaged));
    }

    proptest! {
        #[test]
        fn places_come_back(places: BTreeSet<u16>, texts in 65_536..70_000_usize) {
            let places: Vec<u32> = places.into_iter().map(u32::from).collect();
            prop_assert_eq!(List::of(&places, texts).places(), Ok(places.clone()));
            let few: Vec<u32> = places.iter().copied().filter(|place| *place < 300).collect();
            prop_assert_eq!(List::of(&few, 300).places(), Ok(few));
        }

        #[test]
        fn lists_are_sets(one: BTreeSet<u8>, other: BTreeSet<u8>) {
            let list = |set: &BTreeSet<u8>| set.iter().copied().map(u32::from).collect::<Vec<_>>();
            let shared: BTreeSet<u8> = one.intersection(&other).copied().collect();
            let joined: BTreeSet<u8> = one.union(&other).copied().collect();
            prop_assert_eq!(both(&list(&one), &list(&other)), list(&shared));
            prop_assert_eq!(either(vec![list(&one), list(&other)]), list(&joined));
        }
    }
}
