//! A run from the first sign-in to quiet.

use super::check::Report;
use super::office::SimOffice;
use super::plan::Plan;
use super::world::{Ask, Reply, Soon, World};
use crate::client::{Call, Event, Trigger};

/// Longest time after the chaos in which all must come to rest, in ms.
const REST: u64 = 15 * 60_000;

/// Plays one run; everything in it follows from `seed`.
///
/// The office behind `office` must have been founded with [`Setup::founding`]
/// of the plan's number of devices.
///
/// # Errors
/// Words for the first promise that was broken.
pub fn run(seed: u64, plan: &Plan, office: &mut dyn FnMut(Ask<'_>) -> Reply) -> Result<Report, String> {
    let chaos = plan.chaos;
    let mut world = World::new(seed, plan.clone(), office);
    for device in 0..plan.devices {
        world.open(device);
        if let Some(member) = world.setup.team.get(device).copied() {
            world.sign_in_as(device, member);
        }
        let pace = plan.pace;
        for after in [pace / 4, pace / 2] {
            world.soon(after, Soon::SignIn { device });
        }
        let first = pace / 4 + world.random.below(pace);
        world.soon(first, Soon::Person { device });
    }
    let first = world.random.below(plan.fault_pace * 2);
    world.soon(first, Soon::Fault);
    while world.broken.is_none() && world.now < chaos && world.step() {}
    world.calm();
    let end = world.now + REST;
    let mut steps = 0u32;
    while world.broken.is_none() && world.now < end && world.step() {
        steps += 1;
        if steps.is_multiple_of(16) && world.settled() {
            break;
        }
    }
    if let Some(why) = world.broken {
        return Err(why);
    }
    if !world.settled() {
        return Err(world.unsettled());
    }
    world.verify()
}

/// A simulated office for [`run`].
pub fn simulated(plan: &Plan) -> impl FnMut(Ask<'_>) -> Reply + use<> {
    let mut office = SimOffice::found(plan);
    move |ask| serve(&mut office, ask)
}

/// Serves one [`Ask`] from a simulated office.
pub fn serve(office: &mut SimOffice, ask: Ask<'_>) -> Reply {
    match ask {
        Ask::Call { call: Call::Range { sha256, from, to }, .. } => office.range(sha256, *from, *to),
        Ask::Call { call, at } => Reply::Answer(office.answer(call, at)),
        Ask::LastNumber { device, person } => Reply::Number(office.last_number(device, person)),
        Ask::Restart => {
            office.restart();
            Reply::Done
        }
        Ask::BackUp => {
            office.back_up();
            Reply::Done
        }
        Ask::Restore => {
            if office.restore() {
                Reply::Done
            } else {
                Reply::Nothing
            }
        }
    }
}

impl World<'_> {
    /// Nothing goes wrong any more, and everybody looks at the screen.
    fn calm(&mut self) {
        self.quiet = true;
        for device in 0..self.devices.len() {
            self.switch(device, true);
            self.sign_in(device);
            let boots: Vec<_> =
                self.devices.get(device).into_iter().flat_map(|d| d.tabs.iter().map(|t| t.boot)).collect();
            for (tab, boot) in boots.into_iter().enumerate() {
                self.soon(1, Soon::Reload { device, tab, boot });
                self.hear(device, tab, boot, Event::Leader(tab == 0));
                self.hear(device, tab, boot, Event::Wake(Trigger::Manual));
            }
        }
    }

    fn unsettled(&self) -> String {
        let device = |d: &super::world::Device| {
            let states: Vec<_> = d.tabs.iter().map(|t| (t.behind, t.client.status())).collect();
            (d.store.cursor().map(|c| c.seq), states)
        };
        let states: Vec<_> = self.devices.iter().map(device).collect();
        format!("no rest, office at {}: {states:?}", self.newest)
    }
}
