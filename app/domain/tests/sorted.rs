//! A sorted vector does what the standard library's tree does.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use takar_domain::codec::{from_cbor, to_cbor};
use takar_domain::sorted::{Map, Set};

proptest! {
    #[test]
    fn a_map_is_a_map(steps in prop::collection::vec((0..4u8, 0..20u8, any::<u16>()), 0..60)) {
        let (mut ours, mut model) = (Map::new(), BTreeMap::new());
        for (step, key, value) in steps {
            match step {
                0 => prop_assert_eq!(ours.remove(&key), model.remove(&key)),
                1 => *ours.entry(key).or_default() = *model.entry(key).or_insert(value),
                _ => prop_assert_eq!(ours.insert(key, value), model.insert(key, value)),
            }
            prop_assert_eq!(ours.get(&key), model.get(&key));
            prop_assert_eq!(ours.get_key_value(&key), model.get_key_value(&key));
            prop_assert!(ours.starting(&key).eq(model.range(key..)));
        }
        prop_assert!(ours.iter().eq(&model) && ours.iter().rev().eq(model.iter().rev()));
        let bytes = to_cbor(&model);
        prop_assert_eq!(&to_cbor(&ours), &bytes);
        prop_assert_eq!(from_cbor::<Map<u8, u16>>(&bytes), Ok(ours));
    }

    #[test]
    fn a_set_is_a_set(steps in prop::collection::vec((any::<bool>(), 0..20u8), 0..60)) {
        let (mut ours, mut model) = (Set::new(), BTreeSet::new());
        for (add, item) in steps {
            if add {
                prop_assert_eq!(ours.insert(item), model.insert(item));
            } else {
                prop_assert_eq!(ours.remove(&item), model.remove(&item));
            }
            prop_assert_eq!(ours.contains(&item), model.contains(&item));
        }
        prop_assert!(ours.iter().eq(&model));
        let bytes = to_cbor(&model);
        prop_assert_eq!(&to_cbor(&ours), &bytes);
        prop_assert_eq!(from_cbor::<Set<u8>>(&bytes), Ok(ours));
    }
}

#[test]
fn pairs_in_any_order_are_sorted_and_the_last_one_counts() {
    let map = Map::from([(3, 'c'), (1, 'x'), (2, 'b'), (1, 'a')]);
    assert!(map.into_iter().eq([(1, 'a'), (2, 'b'), (3, 'c')]));
    // {2: 1, 1: 1, 2: 3}: another's bytes in another order.
    assert_eq!(
        from_cbor::<Map<u8, u8>>(b"\xa3\x02\x01\x01\x01\x02\x03").unwrap(),
        Map::from([(1, 1), (2, 3)])
    );
}
