//! Typed indices: a party's index can never be used where an issue's is meant.

/// Declares a `u32` index type with the conversions that a dense table needs.
///
/// ```
/// detente_base::index_type! {
///     /// Index of a state.
///     pub struct StateId;
/// }
/// assert_eq!(StateId::from_index(3).index(), 3);
/// ```
#[macro_export]
macro_rules! index_type {
    ($(#[$meta:meta])* $vis:vis struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name(pub u32);

        impl $name {
            /// Wraps a position in a table.
            ///
            /// # Panics
            /// If the position does not fit 32 bits: tables are bounded before
            /// they are built, so this is a broken invariant.
            #[must_use]
            $vis fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("table positions fit 32 bits"))
            }

            /// The position in the table.
            #[must_use]
            $vis const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
