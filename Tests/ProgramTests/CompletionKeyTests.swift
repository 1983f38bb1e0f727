import TestSupport
import Testing

/// What Tab does.
@Suite(.serialized) struct CompletionKeyTests {
    @Test func oneCandidateIsInserted() throws {
        let session = try TypedSession()
        session.terminal.send("let zebra_crossing = 20\r")
        try session.terminal.expect("tx[2]> ")
        try session.enter("zebra_\t + 1", expecting: "21")
    }

    @Test func ofSeveralTheCommonBeginningIsInsertedAndASecondTabListsThem() throws {
        let session = try TypedSession()
        session.terminal.send("let zebra_one = 1; let zebra_two = 2\r")
        try session.terminal.expect("tx[2]> ")
        session.terminal.send("1 + zeb\t")
        try session.terminal.expectOnScreen("1 + zebra_")
        #expect(!session.terminal.screen.text.contains("zebra_two  number"))
        session.terminal.send("\t")
        try session.terminal.expectOnScreen("zebra_one  number\nzebra_two  number\ntx[2]> 1 + zebra_")
        session.terminal.send("t\t\r")
        try session.terminal.expect("\n3\n")
    }

    @Test func aListFitsTheWindow() throws {
        let session = try TypedSession(columns: 30, rows: 10)
        let names = (100...199).map { "let zebra_\($0) = 0" }
        session.terminal.paste(names.joined(separator: "\n"))
        session.terminal.send("\r")
        try session.terminal.expect("tx[2]> ")
        session.terminal.send("zeb\t\t")
        try session.terminal.expectOnScreen("more\ntx[2]> zebra_1")
        #expect(session.terminal.screen.text.contains("zebra_100"))
    }

    @Test func atTheStartOfALineTabIndents() throws {
        let session = try TypedSession()
        session.terminal.send("max([\r\t88])\r")
        try session.terminal.expect("\n88\n")
        #expect(session.terminal.screen.text.contains("\n    ..     88])"))
    }
}
