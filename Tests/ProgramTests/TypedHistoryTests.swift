import Foundation
import TestSupport
import Testing

/// What the arrows and the search bring back, in one session and across sessions.
@Suite(.serialized) struct TypedHistoryTests {
    @Test func theNextSessionKnowsWhatWasTyped() throws {
        let first = try TypedSession()
        first.terminal.paste("let a = 1\nlet b = 2\na + b")
        first.terminal.send("\r")
        try first.terminal.expect("\n3\n")
        try first.terminal.expect("tx[2]> ")
        try first.enter("\"back\\\\slash\"", expecting: "\"back\\\\slash\"")
        try first.enter("4000 + 4", expecting: "4004")
        try first.enter("4000 + 4", expecting: "4004")
        #expect(try first.leave() == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: first.history.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let second = try TypedSession(home: first.home)
        try second.enter(Keys.up + "0", expecting: "4040")
        try second.enter(Keys.up + Keys.up + Keys.up, expecting: "\"back\\\\slash\"")
        second.terminal.send(String(repeating: Keys.up, count: 5))
        try second.terminal.expectOnScreen("tx[3]> let a = 1\nlet b = 2\na + b")
        second.terminal.send("\r")
        try second.terminal.expect("\n3\n")
    }

    @Test func twoSessionsAtOnceLoseNothing() throws {
        let first = try TypedSession()
        let second = try TypedSession(home: first.home)
        for number in 1...5 {
            try first.enter("\(number) + 100", expecting: "\(number + 100)")
            try second.enter("\(number) + 200", expecting: "\(number + 200)")
        }
        #expect(try first.leave() == 0 && second.leave() == 0)
        let lines = try String(contentsOf: first.history, encoding: .utf8).split(separator: "\n")
        #expect(lines == (1...5).flatMap { ["\($0) + 100", "\($0) + 200"] })
    }

    @Test func theSearchFindsEarlierEntries() throws {
        let session = try TypedSession()
        try session.enter("max([1, 777])", expecting: "777")
        try session.enter("min([1, 888])", expecting: "1")
        try session.enter("3 + 3", expecting: "6")
        session.terminal.send(Keys.control("R") + "max")
        try session.terminal.expectOnScreen("(search: max) max([1, 777])")
        session.terminal.send("\r")
        try session.terminal.expect("\n777\n")
        try session.terminal.expect("tx[5]> ")
        session.terminal.send(Keys.control("R") + "[1, 8" + Keys.control("R"))
        try session.terminal.expectOnScreen("(not found: [1, 8) min([1, 888])")
        session.terminal.interrupt()
        try session.terminal.expectOnScreen("^C\ntx[5]>")
        try session.enter("5 + 5", expecting: "10")
    }

    @Test func aHistoryThatCannotBeKeptStopsNothing() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: home) }
        // A folder in the file's place.
        let file = home.appendingPathComponent(".local/state/transfer-script/history")
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
        let session = try TypedSession(home: home)
        #expect(session.terminal.screen.text.ranges(of: "note: ").count == 1)
        try session.enter("40 + 2", expecting: "42")
        try session.enter(Keys.up, expecting: "42")
        #expect(session.terminal.screen.text.ranges(of: "note: ").count == 1)
    }
}
