//! [`by`]: puts findings in the order of the text.

/// Sorts `items` by `key`; those with equal keys keep their order.
///
/// The sort of the standard library is compiled for each type and each key, to 8 KB every time. This one sorts numbers, in one place, and
/// moves the items once. Most often they are in order already.
pub(crate) fn by<T>(items: &mut [T], key: impl Fn(&T) -> (usize, usize)) {
    if items.is_sorted_by_key(&key) {
        return;
    }
    let mut places = places(items.iter().map(key).collect());
    for at in 0..items.len() {
        // Each swap brings an item to its place.
        while places[at] != at {
            let place = places[at];
            items.swap(at, place);
            places.swap(at, place);
        }
    }
}

/// Returns the place of each key in the sorted order.
fn places(keys: Vec<(usize, usize)>) -> Vec<usize> {
    let mut keys: Vec<_> = keys.into_iter().enumerate().map(|(at, key)| (key, at)).collect();
    // No two are equal: each has its position.
    keys.sort_unstable();
    let mut places = vec![0; keys.len()];
    for (place, (_, at)) in keys.into_iter().enumerate() {
        places[at] = place;
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn items_are_sorted_as_the_standard_library_sorts_them(keys in prop::collection::vec((0..9_usize, 0..3_usize), 0..60)) {
            let mut ours: Vec<_> = keys.into_iter().enumerate().collect();
            let mut theirs = ours.clone();
            by(&mut ours, |(_, key)| *key);
            theirs.sort_by_key(|(_, key)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }
}
