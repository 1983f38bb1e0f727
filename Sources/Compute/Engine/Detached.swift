import Foundation
import Synchronization

/// Work that cannot stop by itself, such as a call into LAPACK, made to stop for its caller: it runs on a thread of its own,
/// and a caller that is interrupted does not wait for it. The thread then comes to its end alone, and its result is dropped;
/// so the work must own all that it touches.
public enum Detached {
    /// Seconds between two questions whether to stop.
    private static let interval = 0.02
    /// OpenBLAS keeps small matrices on the stack.
    private static let stackSize = 8 << 20

    /// - Parameter check: throws when the caller is to stop.
    /// - Throws: what `work` or `check` throws.
    public static func run<Result: Sendable>(
        check: () throws -> Void, _ work: @escaping @Sendable () throws -> Result
    ) throws -> Result {
        let answer = Answer<Result>()
        let thread = Thread { answer.give(Swift.Result { try work() }) }
        thread.stackSize = stackSize
        thread.start()
        while true {
            if let result = answer.wait(seconds: interval) { return try result.get() }
            try check()
        }
    }

    /// Where the thread leaves its result.
    private final class Answer<Result: Sendable>: Sendable {
        private let result = Mutex<Swift.Result<Result, any Error>?>(nil)
        private let isThere = DispatchSemaphore(value: 0)

        func give(_ result: Swift.Result<Result, any Error>) {
            self.result.withLock { $0 = result }
            isThere.signal()
        }

        func wait(seconds: Double) -> Swift.Result<Result, any Error>? {
            guard isThere.wait(timeout: .now() + seconds) == .success else { return nil }
            return result.withLock { $0 }
        }
    }
}
