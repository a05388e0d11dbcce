//! What stands in for [`computed`](super) where there is no machine: nothing is computed, and no values are kept.

use super::bounds::Sets;
use crate::engine::computed::Kept;
use crate::program::{NodeId, VariableId};

impl Sets<'_> {
    pub(super) fn keep_given(&mut self, _: Vec<Kept>) {}
    pub(super) fn keep_open(&mut self, _: VariableId) {}
    pub(super) fn keep_any(&mut self, _: VariableId) {}
    pub(super) fn keep_between(&mut self, _: VariableId, _: f64, _: f64) {}
    pub(super) fn compute(&mut self, _: VariableId, _: NodeId) {}
}
