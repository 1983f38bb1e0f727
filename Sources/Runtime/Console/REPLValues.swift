import Lang

// What looks at values: `:type`, `:vars`, `:time`.

extension REPL {
    /// Computes an expression for its type. What it displays and prints is not shown, and nothing is kept.
    func showType(_ text: String) throws {
        let source = SourceFile(name: ":type", text: text)
        try REPL.requireExpression(source)
        let value = try quietly { try $0.run(source, redefine: true) { _ in } } ?? .nothing
        screen.write(ValueSummary.type(value) + "\n")
    }

    /// Every name with its type and the beginning of its value, aligned.
    func showNames() {
        let names = interpreter.ownNames.filter { $0 != "_" && $0 != "out" }
        guard !names.isEmpty else { return screen.write("no names yet\n") }
        let rows = names.map { name in (name: name, value: interpreter.value(of: name) ?? .nothing) }
        let nameWidth = names.map(\.displayWidth).max() ?? 0
        let typeWidth = rows.map { $0.value.typeName.displayWidth }.max() ?? 0
        let room = max(10, screen.width() - nameWidth - typeWidth - 4)
        for (name, value) in rows {
            let columns = [name.padded(toDisplayWidth: nameWidth), value.typeName.padded(toDisplayWidth: typeWidth)]
            screen.write((columns + [ValueSummary.line(value, width: room)]).joined(separator: "  ") + "\n")
        }
    }

    /// Runs an entry and says how long it took. A short expression is run again, silently, as often as a third of a
    /// second allows, and the median is given: once tells little of what takes microseconds.
    func time(_ text: String) throws {
        let clock = ContinuousClock()
        var hasRun = false
        let first = clock.measure { hasRun = execute(text) }
        guard hasRun else { return }
        guard first < .milliseconds(100), REPL.isExpression(SourceFile(name: "", text: text)) else {
            return screen.write("\(REPL.duration(first))\n")
        }
        let times = try quietly { interpreter in
            guard let function = try interpreter.run(SourceFile(name: ":time", text: "() => (\n\(text)\n)")) else {
                return [first]
            }
            var times: [Duration] = []
            let end = clock.now + .milliseconds(300)
            while times.isEmpty || (clock.now < end && times.count < 10_000) {
                let start = clock.now
                _ = try interpreter.call(function)
                times.append(clock.now - start)
            }
            return times.sorted()
        }
        let median = times[times.count / 2]
        screen.write("\(REPL.duration(median)), the median of \(times.count) run\(times.count == 1 ? "" : "s")\n")
    }

    private static func isExpression(_ source: SourceFile) -> Bool {
        guard let part = Outline(source)?.parts.first, Outline(source)?.parts.count == 1 else { return false }
        if case .expression = part.kind { return true }
        return false
    }

    private static func requireExpression(_ source: SourceFile) throws {
        // A text with mistakes is run for its diagnostics.
        guard Outline(source) != nil, !isExpression(source) else { return }
        throw REPLProblem("':type' takes one expression")
    }

    /// Three digits: "1.23 ms", "45.6 µs", "12.3 s".
    static func duration(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]
        let (scale, unit) = units.first { seconds >= $0.0 } ?? (1e-9, "ns")
        let value = seconds / scale
        let factor = value >= 100 ? 1.0 : value >= 10 ? 10 : 100
        return "\(ValueDisplay.literal(.number((value * factor).rounded() / factor))) \(unit)"
    }
}
