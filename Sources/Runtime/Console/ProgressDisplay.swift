import Compute
import Glibc
import Synchronization

/// The bar under long work: what, how much, rate and time left, on a terminal's error stream only.
///
/// Nothing shows in the first second, so short work leaves no trace; a new task replaces the old one's line.
public final class ProgressDisplay: Monitor {
    private struct State {
        var task = ""
        var started = 0.0
        var firstDone = 0
        var painted = 0.0
        var isVisible = false
    }

    private let state = Mutex(State())
    private let terminal: Terminal
    private let isQuiet: Bool

    static let patience = 1.0
    static let interval = 0.1

    public init(terminal: Terminal = .error, isQuiet: Bool = false) {
        self.terminal = terminal
        self.isQuiet = isQuiet || !terminal.isInteractive
    }

    public func advance(_ progress: Compute.Progress) throws {
        if Interrupt.isRequested {
            clear()
            try Interrupt.check()
        }
        guard !isQuiet else { return }
        let now = ProgressDisplay.clock()
        state.withLock { state in
            if state.task != progress.task {
                state.task = progress.task
                state.started = now
                state.firstDone = progress.done
            }
            guard now - state.started >= ProgressDisplay.patience else { return }
            let isLast = progress.done >= progress.total
            guard isLast || now - state.painted >= ProgressDisplay.interval else { return }
            state.painted = now
            state.isVisible = true
            let elapsed = now - state.started
            let rate = Double(progress.done - state.firstDone) / max(elapsed, 1e-9)
            terminal.write("\r" + ProgressDisplay.line(progress, rate: rate, width: terminal.width) + "\u{1B}[K")
        }
    }

    /// Removes the bar, before anything else is written to the terminal.
    public func clear() {
        state.withLock { state in
            if state.isVisible { terminal.write("\r\u{1B}[K") }
            state = State()
        }
    }

    /// One line that fits into `width` columns.
    static func line(_ progress: Compute.Progress, rate: Double, width: Int) -> String {
        let share = progress.total > 0 ? min(1, Double(progress.done) / Double(progress.total)) : 0
        let left = rate > 0 ? duration(Double(progress.total - progress.done) / rate) : "?"
        let facts = "\(percent(share)) \(number(rate / Double(progress.scale))) \(progress.unit)/s, \(left) left"
        let tail = progress.detail.isEmpty ? facts : facts + ", " + progress.detail
        let room = width - 1 - tail.count - 3
        let task = String(progress.task.prefix(max(0, min(progress.task.count, room - 8))))
        let barWidth = min(30, max(0, room - task.count))
        let filled = Int((share * Double(barWidth)).rounded())
        let bar = String(repeating: "━", count: filled) + String(repeating: "╌", count: barWidth - filled)
        return String("\(task) \(bar) \(tail)".prefix(max(1, width - 1)))
    }

    /// "42 s", "3:07" or "1:02:03".
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e7 else { return "?" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        if whole < 3600 { return "\(whole / 60):\(padded(whole % 60))" }
        return "\(whole / 3600):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
    }

    private static func percent(_ share: Double) -> String {
        let text = "\(Int(share * 100))%"
        return String(repeating: " ", count: max(0, 4 - text.count)) + text
    }

    private static func number(_ value: Double) -> String {
        value >= 100
            ? "\(Int(value.rounded()))"
            : value >= 1 ? "\((value * 10).rounded() / 10)" : "\((value * 100).rounded() / 100)"
    }

    private static func clock() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
