//! The clock: ends a question when its time is up, and shows that it is working.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use detente_base::Budget;

use crate::args::BudgetArgs;
use crate::output::{Loudness, Output, remark};

/// Silence before a sign of life.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two signs of life.
const BEAT: Duration = Duration::from_millis(500);

/// Watches one question until it is dropped.
pub struct Watch {
    ended: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// The budget, and the watch that ends it.
pub fn budget(args: &BudgetArgs, output: &Output) -> (Budget, Watch) {
    let mut budget = Budget::default();
    if let Some(states) = args.max_outcomes {
        budget.states = states;
    }
    if let Some(nodes) = args.max_nodes {
        budget.nodes = nodes;
    }
    let visible = std::io::stderr().is_terminal() && output.loudness > Loudness::Quiet;
    if args.budget.is_none() && !visible {
        return (budget, Watch { ended: None, thread: None });
    }
    let (ended, end) = channel();
    let stopper = budget.stopper.clone();
    let limit = args.budget;
    let thread = std::thread::spawn(move || {
        let start = Instant::now();
        let mut shown = false;
        loop {
            let spent = start.elapsed();
            if limit.is_some_and(|limit| spent >= limit) {
                stopper.stop();
            }
            if visible && spent >= PATIENCE {
                shown = true;
                remark(&format!("\r\u{1b}[Kworking, {} s", spent.as_secs()));
            }
            let next = limit
                .and_then(|limit| limit.checked_sub(spent))
                .filter(|rest| !rest.is_zero())
                .map_or(BEAT, |rest| rest.min(BEAT));
            if end.recv_timeout(next) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
        if shown {
            remark("\r\u{1b}[K");
        }
    });
    (budget, Watch { ended: Some(ended), thread: Some(thread) })
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.ended.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
