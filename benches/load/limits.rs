//! Open files: a socket is one on each side.

use std::os::unix::process::CommandExt;
use std::process::Command;

/// Files beside the sockets.
const SPARE: usize = 500;

/// Starts this program again with a higher soft limit if there is need of it and the hard limit
/// allows it; the servers inherit it. Ends the program if it does not.
pub fn allow_files(sockets: usize) {
    let needed = sockets + SPARE;
    let Some((soft, hard)) = open_files() else {
        return;
    };
    if soft >= needed {
        return;
    }
    if hard < needed {
        eprintln!("load: {sockets} sockets need `ulimit -Hn` {needed}, which is {hard}");
        std::process::exit(1);
    }
    let error = Command::new("sh")
        .args(["-c", "ulimit -n \"$0\" && exec \"$@\""])
        .arg(needed.to_string())
        .arg(std::env::current_exe().unwrap())
        .args(std::env::args().skip(1))
        .exec();
    panic!("starting again with more open files: {error}");
}

/// The soft and the hard limit, where Linux says so.
fn open_files() -> Option<(usize, usize)> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find(|l| l.starts_with("Max open files"))?;
    let mut numbers = line["Max open files".len()..].split_whitespace();
    let mut next = || match numbers.next()? {
        "unlimited" => Some(usize::MAX),
        number => number.parse().ok(),
    };
    Some((next()?, next()?))
}
