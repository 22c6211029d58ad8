//! Commands in, answers out: one line of JSON each.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc;

use crate::Failed;
use crate::fleet::Fleet;
use crate::proxy::Proxy;
use crate::work::Shape;

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum FleetCommand {
    Open {
        url: String,
        code: String,
        shape: Shape,
    },
    /// All type their records.
    Type,
    /// One types everybody's records and sends them slice by slice.
    Fill {
        slice: usize,
    },
    /// One makes the single-field edits of a round.
    Edit {
        device: usize,
        round: usize,
        edits: usize,
    },
    /// All edit the same records.
    Conflict,
    Connect {
        devices: Vec<usize>,
    },
    Disconnect {
        devices: Vec<usize>,
    },
    FirstLoad,
    /// One attaches a file of so many bytes, and it goes to the office.
    Evidence {
        size: usize,
    },
    Latency {
        rounds: usize,
    },
    Agreed,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum ProxyCommand {
    /// Loses so many of a hundred answers from now on.
    Lose { percent: u64, seed: u64 },
    /// Cuts the connection after so many bytes from devices, then after so many more.
    Cut { after: Vec<usize> },
    /// What was counted since the last time.
    Take,
}

/// Writes one line.
pub fn say(what: &impl Serialize) -> Result<(), Failed> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, what)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// Lines of standard input, read beside the runtime.
struct Commands(mpsc::UnboundedReceiver<String>);

impl Commands {
    fn new() -> Self {
        let (lines, read) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            let mut all = std::io::stdin().lines().map_while(Result::ok);
            all.all(|line| lines.send(line).is_ok())
        });
        Self(read)
    }

    async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Failed> {
        match self.0.recv().await {
            Some(line) => Ok(Some(serde_json::from_str(&line)?)),
            None => Ok(None),
        }
    }
}

/// Serves until standard input ends.
pub async fn fleet() -> Result<(), Failed> {
    let mut commands = Commands::new();
    let mut fleet: Option<Fleet> = None;
    while let Some(command) = commands.next::<FleetCommand>().await? {
        if let FleetCommand::Open { url, code, shape } = command {
            fleet = Some(Fleet::open(url, &code, shape).await?);
            say(&json!({"open": shape.devices}))?;
            continue;
        }
        let fleet = fleet.as_mut().ok_or("open an office first")?;
        obey(fleet, command).await?;
    }
    Ok(())
}

async fn obey(fleet: &mut Fleet, command: FleetCommand) -> Result<(), Failed> {
    let shape = fleet.shape();
    match command {
        FleetCommand::Open { .. } => say(&json!({})),
        FleetCommand::Type => say(&json!({"ms": fleet.type_records().await?})),
        FleetCommand::Fill { slice } => say(&json!({"ms": fleet.fill(slice).await?})),
        FleetCommand::Edit { device, round, edits } => {
            fleet.edit(device, Shape { edits, ..shape }.edits_of(device, round)).await?;
            say(&json!({}))
        }
        FleetCommand::Conflict => {
            for device in 0..shape.devices {
                fleet.edit(device, shape.conflicts_of(device)).await?;
            }
            say(&json!({}))
        }
        FleetCommand::Connect { devices } => say(&fleet.connect(&devices).await?),
        FleetCommand::Disconnect { devices } => {
            fleet.disconnect(&devices).await?;
            say(&json!({}))
        }
        FleetCommand::FirstLoad => say(&fleet.first_load().await?),
        FleetCommand::Evidence { size } => say(&json!({"ms": fleet.evidence(size).await?})),
        FleetCommand::Latency { rounds } => say(&json!({"ms": fleet.latency(rounds).await?})),
        FleetCommand::Agreed => say(&fleet.agreed().await?),
    }
}

/// Serves until standard input ends.
pub async fn proxy(to: &str) -> Result<(), Failed> {
    let proxy = Proxy::start(to.to_owned()).await?;
    say(&json!({"port": proxy.port}))?;
    let mut commands = Commands::new();
    while let Some(command) = commands.next::<ProxyCommand>().await? {
        match command {
            ProxyCommand::Lose { percent, seed } => {
                proxy.lose(percent, seed);
                say(&json!({}))?;
            }
            ProxyCommand::Cut { after } => {
                proxy.cut(after);
                say(&json!({}))?;
            }
            ProxyCommand::Take => say(&proxy.take())?,
        }
    }
    Ok(())
}
