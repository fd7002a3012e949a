//! Writing to the terminal, a file or a pipe.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};

use anstream::{AutoStream, ColorChoice};
use detente_render::{Color, View};

use crate::args::{Cli, ColorWhen};
use crate::fault::Fault;

/// Widest text unless the user asks for more: longer lines are hard to read.
const WIDEST: usize = 100;

/// Width without a terminal.
const USUAL: usize = 80;

/// How much is said beside the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// Errors only.
    Quiet,
    /// A summary of warnings.
    Usual,
    /// Warnings in full.
    Verbose,
}

/// How both streams are written.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// View of standard output.
    pub out: View,
    /// View of standard error.
    pub err: View,
    /// How much is said.
    pub loudness: Loudness,
}

impl Output {
    pub fn new(cli: &Cli) -> Self {
        let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = match cli.width {
            Some(width) => usize::from(width),
            None => terminal.unwrap_or(USUAL).clamp(20, WIDEST),
        };
        let color = |automatic: ColorChoice| match (cli.color, automatic) {
            (ColorWhen::Never, _) | (ColorWhen::Auto, ColorChoice::Never) => Color::Never,
            _ => Color::Always,
        };
        let loudness = match (cli.quiet, cli.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Usual,
        };
        Self {
            out: View { width, color: color(AutoStream::choice(&std::io::stdout())) },
            err: View { width, color: color(AutoStream::choice(&std::io::stderr())) },
            loudness,
        }
    }
}

/// Writes to standard output. A reader that went away, as with `| head`, is no fault.
pub fn print(text: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
            Err(Fault::new(format!("cannot write the answer: {fault}")))
        }
        _ => Ok(()),
    }
}

/// Writes to standard error; there is nowhere to report a failure to.
pub fn remark(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// A fault in the form of clap's messages.
pub fn fault_text(fault: &Fault, view: View) -> String {
    let style = |color: anstyle::Style| if view.color == Color::Always { color } else { anstyle::Style::new() };
    let red = style(anstyle::AnsiColor::Red.on_default().bold());
    let bold = style(anstyle::Style::new().bold());
    let mut text = format!("{red}error:{red:#} {}\n", fault.message);
    if let Some(help) = &fault.help {
        let _ = writeln!(text, "  {bold}help:{bold:#} {help}");
    }
    text
}
