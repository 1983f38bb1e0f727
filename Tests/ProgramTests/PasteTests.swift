import TestSupport
import Testing

/// Blocks pasted into the real program.
@Suite(.serialized) struct PasteTests {
    @Test func aBlockIsOneEntry() throws {
        let session = try TypedSession()
        session.terminal.paste("let twice = x => {\n\tlet y = x\n\n\ty + x\n}\nlet n = 4\ntwice(n)\n")
        try session.terminal.expectOnScreen("tx[1]> let twice = x => {\n        let y = x\n\n        y + x\n}")
        session.terminal.send("\r")
        try session.terminal.expect("\n8\n")
        try session.terminal.expect("tx[2]> ")
        // It comes back whole, and is edited and run as one.
        session.terminal.send(Keys.up + Keys.up + Keys.end)
        session.terminal.send(Keys.backspace)
        try session.terminal.expectOnScreen("twice(n")
        session.terminal.send(")")
        session.terminal.send("\r")
        try session.terminal.expect("tx[3]> ")
    }

    @Test func whereTheArrowsMoveWithinABlock() throws {
        let session = try TypedSession()
        session.terminal.paste("let a = 1\nlet b = 2\na + b")
        session.terminal.send(Keys.up + Keys.up + "00")
        try session.terminal.expectOnScreen("let a00 = 1")
        session.terminal.send(Keys.backspace + Keys.backspace + Keys.down + "7")
        try session.terminal.expectOnScreen("let b7 = 2")
        session.terminal.send(Keys.backspace + Keys.down + Keys.control("E") + " + 50\r")
        try session.terminal.expect("\n53\n")
    }

    @Test func promptsOfACopiedSessionGo() throws {
        let session = try TypedSession()
        session.terminal.paste(
            "tx[7]> let f = x => {\n    ..     x + 1\n    .. }\ntx[8]> f(1)\n2\ntx[9]> f(40) + 1\n42")
        try session.terminal.expectOnScreen("tx[1]> let f = x => {\n    x + 1\n}\n#%%\nf(1)\n#%%\nf(40) + 1")
        session.terminal.send("\r")
        try session.terminal.expect("\n2\n42\ntx[4]> ")
        // A terminal that does not mark what is pasted gives it as lines.
        try session.enter("tx[3]> f(10)", expecting: "11")
        session.terminal.send("tx[3]> f(\r    .. 20)\r")
        try session.terminal.expect("\n21\n")
    }

    @Test func controlCharactersOfAPasteAreNoKeys() throws {
        let session = try TypedSession()
        session.terminal.paste("1\u{3}2\u{4}3\u{1}4\t")
        session.terminal.send("\r")
        try session.terminal.expect("\n1234\n")
    }

    @Test func aBlockHigherThanTheWindowRuns() throws {
        let session = try TypedSession(columns: 40, rows: 8)
        let lines = (1...200).map { "let v\($0) = \($0)" } + ["v1 + v200"]
        session.terminal.paste(lines.joined(separator: "\n"))
        session.terminal.send("\r")
        try session.terminal.expect("\n201\n")
    }

    @Test func pastesAreMarkedOnlyWhileALineIsTyped() throws {
        let session = try TypedSession()
        session.terminal.send("print(\"now\")\r")
        try session.terminal.expectOnScreen("now\ntx[2]>")
        let output = session.terminal.rawOutput()
        let (off, shown) = (output.ranges(of: "\u{1B}[?2004l").last, output.ranges(of: "now\r\n").last)
        let on = output.ranges(of: "\u{1B}[?2004h").last
        guard let off, let shown, let on else {
            Issue.record("not switched: \(output.debugDescription)")
            return
        }
        #expect(off.upperBound <= shown.lowerBound && shown.upperBound <= on.lowerBound)
    }
}
