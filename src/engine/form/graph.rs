//! What of a form depends on what: nodes in an order in which each comes after those that it reads, and who reads each.

use rustc_hash::FxHashMap;

/// Something about a form that is worked out; the number is its place among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// Whether a page, section or item is shown.
    Visible(usize),
    /// Whether it can only be looked at.
    Locked(usize),
    /// What a field holds.
    Value(usize),
    /// What a computed field of the entity comes to.
    Derived(usize),
    /// The lines of a table.
    Lines(usize),
    /// What is asked of a field: whether it is required, which options there are, what is wrong.
    Ask(usize),
    /// What is wrong with the lines of a table, and their sums.
    AskLines(usize),
}

/// A node with the nodes that it reads.
pub(super) struct Source {
    pub node: Node,
    pub reads: Vec<Node>,
}

/// Nodes in their order, with who reads them.
#[derive(Default)]
pub(super) struct Graph {
    pub order: Vec<Node>,
    rank: FxHashMap<Node, usize>,
    readers: Vec<Vec<usize>>,
}

impl Graph {
    /// Puts nodes in order (Kahn, 1962). The nodes of a circle, which forbids one, come where they stand; one circle is handed back.
    pub fn build(sources: Vec<Source>) -> (Graph, Option<Vec<Node>>) {
        let place: FxHashMap<Node, usize> = sources.iter().enumerate().map(|(at, source)| (source.node, at)).collect();
        let needs: Vec<Vec<usize>> = sources
            .iter()
            .map(|source| source.reads.iter().filter_map(|read| place.get(read).copied()).collect())
            .collect();
        let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
        let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); sources.len()];
        for (at, needs) in needs.iter().enumerate() {
            needs.iter().for_each(|need| needed_by[*need].push(at));
        }
        let mut order: Vec<usize> = Vec::with_capacity(sources.len());
        let mut is_placed = vec![false; sources.len()];
        let mut ready: Vec<usize> = (0..sources.len()).rev().filter(|at| waiting[*at] == 0).collect();
        let mut circle = None;
        while order.len() < sources.len() {
            let at = match ready.pop() {
                Some(at) if is_placed[at] => continue,
                Some(at) => at,
                None => {
                    let members = go_round(&needs, &is_placed);
                    let first = members[0];
                    circle.get_or_insert_with(|| members.iter().map(|at| sources[*at].node).collect());
                    first
                }
            };
            is_placed[at] = true;
            order.push(at);
            for reader in &needed_by[at] {
                waiting[*reader] = waiting[*reader].saturating_sub(1);
                if waiting[*reader] == 0 && !is_placed[*reader] {
                    ready.push(*reader);
                }
            }
        }
        let mut ranks = vec![0; sources.len()];
        order.iter().enumerate().for_each(|(rank, at)| ranks[*at] = rank);
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); sources.len()];
        for (at, needed_by) in needed_by.iter().enumerate() {
            let list = &mut readers[ranks[at]];
            // What comes before, in a circle, is not looked at again: so that working things out ends.
            list.extend(needed_by.iter().map(|reader| ranks[*reader]).filter(|rank| *rank > ranks[at]));
            list.sort_unstable();
            list.dedup();
        }
        let order: Vec<Node> = order.into_iter().map(|at| sources[at].node).collect();
        let rank = order.iter().enumerate().map(|(rank, node)| (*node, rank)).collect();
        (Graph { order, rank, readers }, circle)
    }

    /// Where a node stands in the order.
    pub fn rank(&self, node: Node) -> Option<usize> {
        self.rank.get(&node).copied()
    }

    /// The ranks of the nodes that read the one of this rank.
    pub fn readers(&self, rank: usize) -> &[usize] {
        self.readers.get(rank).map_or(&[], Vec::as_slice)
    }
}

/// Nodes that need each other in a circle, given that none of those left can be placed.
fn go_round(needs: &[Vec<usize>], is_placed: &[bool]) -> Vec<usize> {
    let mut path: Vec<usize> = Vec::new();
    let mut at = is_placed.iter().position(|placed| !placed).unwrap_or(0);
    while !path.contains(&at) {
        path.push(at);
        at = needs[at].iter().copied().find(|need| !is_placed[*need]).unwrap_or(at);
    }
    let start = path.iter().position(|step| *step == at).unwrap_or(0);
    path.split_off(start)
}
