import Testing

@testable import Runtime

/// Going through earlier entries with the arrows.
struct HistoryRecallTests {
    private let entries = ["let a = 1", "f(a)", "let b = 2", "let b = 2", "f(b)"]

    private func recall(_ text: String, cursor: Int? = nil) -> HistoryRecall {
        let scalars = Array(text.unicodeScalars)
        return HistoryRecall(entries: entries, at: EditedText(scalars, cursor: cursor ?? scalars.count))
    }

    /// What is shown after each step, nil where there is none.
    private func steps(_ text: String, cursor: Int? = nil, _ forward: Bool...) -> [String?] {
        var recall = recall(text, cursor: cursor)
        return forward.map { recall.advance(forward: $0) ? recall.shown : nil }
    }

    @Test func anEmptyLineGoesThroughAll() {
        #expect(steps("", false, false, false, false, false) == ["f(b)", "let b = 2", "f(a)", "let a = 1", nil])
        #expect(steps("", true) == [nil])
    }

    @Test func theBeginningDecides() {
        #expect(steps("let", false, false, false, true) == ["let b = 2", "let a = 1", nil, "let b = 2"])
        #expect(steps("let x", cursor: 2, false) == ["let b = 2"])
        #expect(steps("g", false) == [nil])
    }

    @Test func behindTheNewestStandsWhatWasTyped() {
        #expect(steps("f(", false, true, true) == ["f(b)", "f(", nil])
    }
}
