// The libFuzzer target of the language. It is compiled together with the sources of Lang (see `run.sh`), so that all of
// them are instrumented. The first byte chooses what the rest goes through: the front end alone (lexer, parser, checks,
// formatter), or the evaluator with small budgets. A trap, a hang or a broken promise ends the run.

/// Natives at top level that an input may call, and loop back-edges and calls: `Machine.patience` times this.
private let looks = 24

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let bytes = [UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1))
    let source = SourceFile(name: "fuzz.tx", bytes: bytes)
    if start.pointee & 1 == 0 {
        fuzzFront(source, bytes)
    } else {
        fuzzRun(source)
    }
    return 0
}

/// Checking declares nothing, so one interpreter serves all inputs; making one takes longer than most inputs.
private nonisolated(unsafe) let checker = Interpreter { _ in }

private func fuzzFront(_ source: SourceFile, _ bytes: [UInt8]) {
    let diagnostics = checker.check(source)
    _ = DiagnosticRenderer(usesColor: true).render(diagnostics)
    _ = Cells.cut(source)
    // The formatter proves by itself that meaning and comments are kept, and refuses otherwise.
    guard String(validating: bytes, as: UTF8.self) != nil,
        Parser.parse(source, nesting: Limits().nesting).diagnostics.isEmpty
    else { return }
    do {
        let once = try Formatter.format(source)
        let twice = try Formatter.format(SourceFile(name: "fuzz.tx", text: once))
        precondition(once == twice, "formatting twice is formatting once")
    } catch {
        preconditionFailure("what parses can be formatted")
    }
}

private func fuzzRun(_ source: SourceFile) {
    var left = looks
    let limits = Limits(callDepth: 200, nesting: 100) {
        left -= 1
        return left < 0
    }
    var written = 0
    let interpreter = Interpreter(limits: limits) { written += $0.utf8.count }
    do {
        try interpreter.run(source)
    } catch let failure as Failure {
        _ = DiagnosticRenderer(usesColor: false).render(failure.diagnostics)
        precondition(!failure.diagnostics.isEmpty, "a failure says what failed")
    } catch {
        preconditionFailure("only failures leave the interpreter")
    }
}
