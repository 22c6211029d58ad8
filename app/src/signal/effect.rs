//! What runs whenever a signal changes that it read.

use leptos::prelude as graph;

/// Runs as long as the view that makes it.
pub struct Effect;

impl Effect {
    /// Runs once the view is in the page, then after every change.
    pub fn run(run: impl FnMut() + 'static) {
        start(Box::new(run));
    }
}

/// Leptos compiles an effect's task again for every closure.
#[inline(never)]
fn start(mut run: Box<dyn FnMut()>) {
    graph::Effect::new(move |_: Option<()>| run());
}
