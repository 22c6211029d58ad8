//! A run from the first sign-in to quiet.

use super::ask::{Ask, Reply};
use super::check::Report;
use super::office::SimOffice;
use super::plan::Plan;
use super::soon::Soon;
use super::world::{Device, World};
use crate::client::Event;

/// Longest time after the chaos in which all must come to rest, in ms.
const REST: u64 = 15 * 60_000;

/// Plays one run; everything in it follows from `seed`.
///
/// The office behind `office` must have been founded with `Setup::founding`
/// of the plan's number of devices.
///
/// # Errors
/// Words for the first promise that was broken.
pub fn run(seed: u64, plan: &Plan, office: &mut dyn FnMut(Ask<'_>) -> Reply) -> Result<Report, String> {
    let mut world = World::new(seed, plan.clone(), office);
    world.begin();
    let chaos = world.now + plan.chaos;
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
    world.check_files()?;
    world.verify()
}

/// A simulated office for [`run`].
pub fn simulated(plan: &Plan) -> impl FnMut(Ask<'_>) -> Reply + use<> {
    let mut office = SimOffice::found(plan);
    move |ask| office.serve(ask)
}

impl World<'_> {
    /// Devices get what there is while all is well, but for one now and then,
    /// which meets the office under faults. Then people and faults set in.
    fn begin(&mut self) {
        let late = self.random.chance(30).then(|| self.devices.len() - 1);
        self.quiet = true;
        let devices = 0..self.devices.len();
        for device in devices.clone().filter(|d| Some(*d) != late) {
            self.start(device);
        }
        let loaded = |d: &Device| d.store.cursor().is_some_and(|c| c.seq > 0);
        let end = self.now + REST;
        let all = |world: &Self| {
            let devices = world.devices.iter().enumerate();
            devices.filter(|(n, _)| Some(*n) != late).all(|(_, d)| loaded(d))
        };
        while self.broken.is_none() && self.now < end && !all(self) && self.step() {}
        self.quiet = false;
        if let Some(device) = late {
            self.start(device);
        }
        let pace = self.plan.pace;
        for device in devices {
            for after in [pace / 4, pace / 2] {
                self.soon(after, Soon::SignIn { device });
            }
            let first = pace / 4 + self.random.below(pace);
            self.soon(first, Soon::Person { device });
        }
        let first = self.random.below(self.plan.fault_pace * 2);
        self.soon(first, Soon::Fault);
    }

    fn start(&mut self, device: usize) {
        self.open(device);
        if let Some(member) = self.setup.team.get(device).copied() {
            self.sign_in_as(device, member);
        }
    }

    /// Nothing goes wrong any more. Nobody presses anything: what is left goes by itself.
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
            }
        }
        self.resend_others();
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
