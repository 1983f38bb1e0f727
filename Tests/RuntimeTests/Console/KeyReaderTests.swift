import Foundation
import Glibc
import Testing

@testable import Runtime

/// Keys from a pipe, which gives bytes as a terminal does.
@Suite struct KeyReaderTests {
    /// All keys of `bytes`, sent in pieces.
    private func keys(_ pieces: [[UInt8]], recognizesMoves: Bool = false) -> [KeyReader.Key] {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return [] }
        let reader = KeyReader(descriptor: ends[0])
        var rest = pieces[...]
        var keys: [KeyReader.Key] = []
        func send() {
            guard let piece = rest.popFirst() else { return }
            _ = piece.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
            if rest.isEmpty { close(ends[1]) }
        }
        send()
        while keys.last != .end {
            let key = reader.next(recognizesMoves: recognizesMoves) {
                send()
                return false
            }
            guard let key else { break }
            keys.append(key)
        }
        #expect(reader.next { true } == .end, "the end stays")
        close(ends[0])
        return keys
    }

    private func keys(_ text: String, recognizesMoves: Bool = false) -> [KeyReader.Key] {
        keys([Array(text.utf8)], recognizesMoves: recognizesMoves)
    }

    private func characters(_ text: String) -> [KeyReader.Key] { text.unicodeScalars.map { .character($0) } }

    @Test func charactersOfAllLengthsAreRead() {
        #expect(keys("aé漢😀\r\t\u{3}") == characters("aé漢😀\r\t\u{3}") + [.end])
    }

    @Test func keysMayComeLate() {
        #expect(keys([Array("a".utf8), Array("b".utf8)]) == characters("ab") + [.end])
    }

    @Test func whatIsNoTextIsReplaced() {
        let cut: [UInt8] = [0xFF, 0x61, 0xC3, 0x28, 0xE6, 0xBC]
        #expect(keys([cut]) == characters("\u{FFFD}a\u{FFFD}(\u{FFFD}\u{FFFD}") + [.end])
        // A surrogate and a number beyond Unicode.
        let keys = keys([[0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0x7A]])
        #expect(keys.dropLast().last == .character("z"))
        #expect(keys.dropLast(2).allSatisfy { $0 == .character("\u{FFFD}") })
    }

    @Test func aPasteIsOneKey() {
        let text = "a\r\tb\u{1B}[31m\u{3}"
        #expect(keys("\u{1B}[200~" + text + "\u{1B}[201~c") == [.pasted(text)] + characters("c") + [.end])
        #expect(keys("\u{1B}[200~\u{1B}[201~") == [.pasted(""), .end])
    }

    @Test(arguments: [6, 7, 8, 9, 13]) func aPasteMayComeInPieces(cut: Int) {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (source, sink) = (ends[0], ends[1])
        let bytes = Array("\u{1B}[200~ab\u{1B}[201~".utf8)
        _ = bytes[..<cut].withUnsafeBytes { write(sink, $0.baseAddress, $0.count) }
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.1)
            _ = bytes[cut...].withUnsafeBytes { write(sink, $0.baseAddress, $0.count) }
            close(sink)
        }
        let reader = KeyReader(descriptor: source)
        #expect(reader.next { false } == .pasted("ab"))
        #expect(reader.next { false } == .end)
        close(source)
    }

    @Test func aPasteWithoutAnEndEndsWithTheTerminal() {
        #expect(keys("\u{1B}[200~abc") == [.end])
    }

    @Test func escapeAloneIsAKey() {
        #expect(keys("\u{1B}") == characters("\u{1B}") + [.end])
        #expect(keys("\u{1B}[A") == characters("\u{1B}[A") + [.end])
    }

    @Test func arrowsAreKeysOnRequest() {
        let moves = keys("\u{1B}[A\u{1B}OD\u{1B}[3~x\u{1B}", recognizesMoves: true)
        #expect(moves == [.moved(.up), .moved(.left), .moved(.delete)] + characters("x\u{1B}") + [.end])
    }
}
