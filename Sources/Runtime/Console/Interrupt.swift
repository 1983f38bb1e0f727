import Compute
import Glibc
import Synchronization

/// Ctrl-C as a flag that long work asks for.
///
/// A signal handler may touch nothing but a lock-free atomic, and it has no argument to carry one: hence the one global of
/// this program.
public enum Interrupt {
    private static let requested = Atomic<Bool>(false)
    private static let secondEndsProcess = Atomic<Bool>(true)

    /// From now on SIGINT sets the flag.
    /// - Parameter endsProcess: whether a second one before the first was heeded ends the process as usual. A session
    ///   does not end so: its names would be lost to an impatient finger.
    public static func install(endsProcess: Bool = true) {
        secondEndsProcess.store(endsProcess, ordering: .relaxed)
        signal(SIGINT) { _ in
            if Interrupt.request(), Interrupt.secondEndsProcess.load(ordering: .relaxed) {
                signal(SIGINT, SIG_DFL)
                raise(SIGINT)
            }
        }
        // A program that starts this one may have blocked signals for itself, and blocked they are inherited.
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    }

    /// - Returns: whether an earlier request was not heeded yet.
    static func request() -> Bool { requested.exchange(true, ordering: .relaxed) }

    public static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// The interruption has been dealt with.
    public static func clear() { requested.store(false, ordering: .relaxed) }

    /// - Throws: `ComputeError` of kind `.cancelled` after Ctrl-C.
    static func check() throws {
        if isRequested { throw ComputeError(.cancelled, "interrupted") }
    }
}
