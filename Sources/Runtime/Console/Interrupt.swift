import Compute
import Glibc
import Synchronization

/// Ctrl-C as a flag that long work asks for.
///
/// A signal handler may touch nothing but a lock-free atomic, and it has no argument to carry one: hence the one global of
/// this program.
public enum Interrupt {
    private static let requested = Atomic<Bool>(false)

    /// From now on SIGINT sets the flag; a second one before the first was heeded ends the process as usual.
    public static func install() {
        signal(SIGINT) { _ in
            if Interrupt.requested.exchange(true, ordering: .relaxed) {
                signal(SIGINT, SIG_DFL)
                raise(SIGINT)
            }
        }
    }

    public static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// The interruption has been dealt with.
    public static func clear() { requested.store(false, ordering: .relaxed) }

    /// - Throws: `ComputeError` of kind `.cancelled` after Ctrl-C.
    static func check() throws {
        if isRequested { throw ComputeError(.cancelled, "interrupted") }
    }
}
