//! The program `sala`.

fn main() -> std::process::ExitCode {
    sala::cli::main()
}
