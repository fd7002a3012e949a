//! Drawings beside an answer: `--svg`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use detente_analysis::picture::{MOST_ENDS, MOST_NODES, TooLarge, TreePicture};
use detente_render::svg::tree_svg;

use crate::fault::Fault;
use crate::files::create;
use crate::output::{Loudness, Output, remark};

/// Equilibria of one game that are drawn.
pub const MOST_DRAWN: usize = 20;

#[derive(Debug, Args)]
pub struct DrawingArgs {
    /// For a game: draw the tree with each equilibrium into this folder, which must be new or empty; with `--along` of
    /// `play` also what changes.
    #[arg(long, value_name = "FOLDER")]
    pub svg: Option<PathBuf>,
}

/// A folder for drawings.
pub struct Folder<'a> {
    path: &'a Path,
    written: usize,
}

impl<'a> Folder<'a> {
    /// The folder that was named, if one was. Asked for before anything is solved.
    pub fn new(args: &'a DrawingArgs) -> Result<Option<Self>, Fault> {
        let Some(path) = args.svg.as_deref() else { return Ok(None) };
        let fault = |e: std::io::Error| Fault::of_file("write into", path.display(), &e);
        fs::create_dir_all(path).map_err(fault)?;
        if fs::read_dir(path).map_err(fault)?.next().is_some() {
            let message = format!("the folder `{}` is not empty, and nothing is overwritten", path.display());
            return Err(Fault::new(message).with_help("name another folder for the drawings"));
        }
        Ok(Some(Self { path, written: 0 }))
    }

    /// Writes a drawing; what a file's name cannot hold becomes `-`.
    pub fn write(&mut self, name: &str, drawing: &str) -> Result<(), Fault> {
        let safe = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
        let name: String = name.chars().map(safe).collect();
        create(&self.path.join(format!("{name}.svg")), drawing)?;
        self.written += 1;
        Ok(())
    }

    /// Writes a tree.
    pub fn write_tree(&mut self, name: &str, picture: &TreePicture) -> Result<(), Fault> {
        self.write(&format!("{name}-{}", picture.number), &tree_svg(picture))
    }

    /// Says what was written.
    pub fn close(self, output: &Output) {
        if self.written > 0 && output.loudness > Loudness::Quiet {
            let drawings = if self.written == 1 { "drawing" } else { "drawings" };
            remark(&format!("wrote {} {drawings} to {}\n", self.written, self.path.display()));
        }
    }
}

/// Why a tree is not drawn.
pub fn too_large(large: TooLarge) -> Fault {
    let TooLarge { ends, reached, nodes } = large;
    let message = if reached > MOST_ENDS {
        format!("the tree has {ends} ends, of which {reached} are reached; a drawing holds {MOST_ENDS}")
    } else {
        format!("the tree has {nodes} nodes that are reached; a drawing holds {MOST_NODES}")
    };
    Fault::new(message).with_help("leave `--svg` out; the answer is in the text, and whole with `--format json`")
}
