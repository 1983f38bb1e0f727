import Foundation
import TestSupport
import Testing

/// Lines typed into the real program on a pseudo-terminal.
@Suite(.serialized) struct LineEditingTests {
    @Test func aLineIsEditedBeforeItRuns() throws {
        let session = try TypedSession()
        try session.enter("2 + 4" + Keys.home + "10" + Keys.end + Keys.left + "9", expecting: "196")
        try session.enter("1234 * 9" + Keys.control("W") + "1", expecting: "1234")
        #expect(try session.leave() == 0)
    }

    @Test func charactersOfAnyWidthAreEdited() throws {
        let session = try TypedSession()
        let typed = "len(\"é漢x字\")"
        let backToX = String(repeating: Keys.left, count: 3)
        try session.enter(typed + backToX + Keys.backspace, expecting: "3")
        #expect(session.terminal.screen.text.contains("tx[1]> len(\"é漢字\")\n3"))
    }

    @Test func linesFollowWhileAStatementIsOpen() throws {
        let session = try TypedSession()
        session.terminal.send("let add = (a, b) => {\r")
        try session.terminal.expectOnScreen("\n    ..")
        session.terminal.send("a +\rb\r}\r")
        try session.terminal.expect("tx[2]> ")
        try session.enter("add(20, 3)", expecting: "23")
        // An empty line ends nothing.
        session.terminal.send("add(1,\r\r7)\r")
        try session.terminal.expect("\n8\n")
    }

    @Test func theUpArrowLeadsBackIntoAnOpenStatement() throws {
        let session = try TypedSession()
        session.terminal.send("max([70,\r")
        try session.terminal.expectOnScreen("\n    ..")
        session.terminal.send(Keys.up + Keys.backspace + "1,\r")
        try session.terminal.expectOnScreen("max([701,\n    ..")
        session.terminal.send("6])\r")
        try session.terminal.expect("\n701\n")
    }

    @Test func controlCDropsTheEntry() throws {
        let session = try TypedSession()
        session.terminal.send("print(\"never\" +")
        try session.terminal.expectOnScreen("\"never\" +")
        session.terminal.interrupt()
        try session.terminal.expectOnScreen("+^C\ntx[1]>")
        session.terminal.send("(1 +\r")
        try session.terminal.expectOnScreen("\n    ..")
        session.terminal.interrupt()
        try session.terminal.expectOnScreen(".. ^C\ntx[1]>")
        try session.enter("40 + 2", expecting: "42")
        #expect(try session.leave() == 0)
    }

    @Test func controlDDeletesAndOnAnEmptyLineLeaves() throws {
        let session = try TypedSession()
        try session.enter("9955" + Keys.home + Keys.control("D") + Keys.control("D"), expecting: "55")
        #expect(try session.leave() == 0)
        #expect(session.terminal.rawOutput().contains("\u{1B}[?2004l"), "pastes are no longer marked")
    }

    @Test func aLongLineIsTakenWhole() throws {
        let session = try TypedSession(columns: 40, rows: 10)
        let sum = (1...900).map(String.init).joined(separator: "+")
        session.terminal.send(sum + "\r")
        try session.terminal.expect("\n405450\n")
    }

    @Test(arguments: [(3, 2), (12, 4), (200, 50)]) func theWindowMayTakeAnySize(columns: Int, rows: Int) throws {
        let session = try TypedSession(columns: 60, rows: 12)
        session.terminal.send("let someName = \"漢字\"; len(someName) + 1000")
        try session.terminal.expectOnScreen("+ 1000")
        session.terminal.resize(columns: columns, rows: rows)
        session.terminal.send("\t000")
        Thread.sleep(forTimeInterval: 0.5)
        session.terminal.resize(columns: 70, rows: 20)
        try session.terminal.expectOnScreen("len(someName) + 1000")
        session.terminal.send("\r")
        try session.terminal.expect("\n1000002\n")
    }

    @Test func aDumbTerminalIsReadLineByLine() throws {
        let session = try TypedSession(type: "dumb")
        try session.enter("40 + 2", expecting: "42")
        session.terminal.interrupt()
        try session.terminal.expect("tx[2]> ")
        try session.enter("40 + 3", expecting: "43")
        #expect(try session.leave() == 0)
        #expect(!session.terminal.rawOutput().contains("\u{1B}"))
    }

    @Test(arguments: ["xterm", "dumb"]) func aTerminalThatVanishesEndsTheProgram(type: String) throws {
        let session = try TypedSession(type: type)
        session.terminal.send("1 + ")
        try session.terminal.expectOnScreen("1 +")
        session.terminal.hangUp()
        // By SIGHUP, or because nothing more can be read.
        #expect([0, 128 + SIGHUP].contains(try session.terminal.waitForExit()))
    }

    @Test(arguments: [SIGTERM, SIGQUIT]) func aSignalThatEndsTheProgramGivesTheTerminalBack(number: Int32) throws {
        let session = try TypedSession()
        session.terminal.send("1 + ")
        try session.terminal.expectOnScreen("1 +")
        #expect(!session.terminal.isUsual)
        kill(session.terminal.process, number)
        #expect(try session.terminal.waitForExit() == 128 + number)
        #expect(session.terminal.isUsual && session.terminal.rawOutput().contains("\u{1B}[?2004l"))
    }

    @Test func viKeysComeFromEditrc() throws {
        let session = try TypedSession(editrc: "bind -v\n")
        session.terminal.send("len(\"abc\") + 11")
        try session.terminal.expectOnScreen("+ 11")
        session.terminal.send(Keys.escape)
        Thread.sleep(forTimeInterval: 0.2)
        // To the first 1, replace it; then an arrow in insert mode, which stays in it.
        session.terminal.send("hr2i" + Keys.right + "5\r")
        try session.terminal.expect("\n254\n")
        session.terminal.paste("len([1,\n\t2])")
        session.terminal.send("\r")
        try session.terminal.expect("\n2\n")
    }
}
