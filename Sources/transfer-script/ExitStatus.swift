import ArgumentParser
import Glibc
import Runtime

/// How an outcome becomes the process's exit status (language specification, section 4).
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    /// Usage, syntax, unknown name: found before anything ran.
    case notStarted = 2
    case interrupted = 130

    init(_ outcome: Outcome) {
        switch outcome {
        case .done: self = .done
        case .failed: self = .failed
        case .notStarted: self = .notStarted
        case .interrupted: self = .interrupted
        }
    }

    /// ArgumentParser throws for `--help` and `--version` too, with status 0.
    init(of error: any Error) {
        if let status = error as? ExitStatus {
            self = status
        } else {
            self = TransferScript.exitCode(for: error).isSuccess ? .done : .notStarted
        }
    }

    func exit() -> Never {
        // After Ctrl-C a library may still be computing on another thread, which must not see its memory torn down.
        if self == .interrupted { Glibc._exit(rawValue) }
        Glibc.exit(rawValue)
    }
}
