import Compute
import Glibc
import Synchronization

/// The bar under long work: what, how much, rate and time left, on a terminal's error stream only.
///
/// Nothing shows in the first second, so short work leaves no trace; a new task replaces the old one's line.
///
/// The line is always shorter than the terminal is wide, and the cursor rests at its beginning: when the window becomes
/// narrower and the terminal breaks the line, all of it still lies behind the cursor and is erased by the next.
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
    /// Away with all behind the cursor, then back to the beginning of the line. (Where the cursor is in the screen's first
    /// cell, tmux would take this for a clearing of the whole screen and keep a copy: something is written before it.)
    private static let clearing = "\u{1B}[J\r"

    public init(terminal: Terminal = .error, isQuiet: Bool = false) {
        self.terminal = terminal
        self.isQuiet = isQuiet || !terminal.obeysSequences
    }

    public func check() throws {
        guard Interrupt.isRequested else { return }
        clear()
        try Interrupt.check()
    }

    public func advance(_ progress: Compute.Progress) throws {
        try check()
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
            let line = ProgressDisplay.line(progress, rate: rate, width: terminal.width)
            terminal.write("\r" + line + ProgressDisplay.clearing)
        }
    }

    /// Removes the bar, before anything else is written to the terminal.
    public func clear() {
        state.withLock { state in
            if state.isVisible { terminal.write("\r " + ProgressDisplay.clearing) }
            state = State()
        }
    }

    /// One line of fewer than `width` columns: task, bar and facts, of which a narrow terminal shows the most telling.
    static func line(_ progress: Compute.Progress, rate: Double, width: Int) -> String {
        let share = progress.total > 0 ? min(1, max(0, Double(progress.done) / Double(progress.total))) : 0
        let left = rate > 0 ? duration(Double(progress.total - progress.done) / rate) : "?"
        let speed = "\(number(rate / Double(progress.scale))) \(progress.unit)/s"
        // Of what takes minutes apiece the rate says nothing.
        let isTelling = rate / Double(progress.scale) >= 0.1
        let timed = "\(percent(share)) \(left) left"
        let facts = [percent(share), timed, isTelling ? "\(percent(share)) \(speed), \(left) left" : timed]
        let detailed = progress.detail.isEmpty ? [] : [facts[2] + ", " + progress.detail]
        let most = max(0, width - 1)
        let tail = (facts + detailed).last { $0.displayWidth + leastTask <= most } ?? facts[0]
        let room = most - tail.displayWidth - 1
        let task = progress.task.truncated(toDisplayWidth: min(room, max(leastTask, room - leastBar - 1)))
        let bar = bar(share, width: min(30, room - task.displayWidth - 1))
        return [task, bar, tail].filter { !$0.isEmpty }.joined(separator: " ").truncated(toDisplayWidth: most)
    }

    /// Columns below which a task's name or a bar tells nothing.
    private static let (leastTask, leastBar) = (12, 5)

    private static func bar(_ share: Double, width: Int) -> String {
        guard width >= leastBar else { return "" }
        let filled = Int((share * Double(width)).rounded())
        return String(repeating: "━", count: filled) + String(repeating: "╌", count: width - filled)
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
