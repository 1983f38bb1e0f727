import Foundation
import Testing

@testable import Lang

struct HighlightingTests {
    private func kinds(_ text: String) -> [String] {
        let source = SourceFile(name: "test", text: text)
        return Highlighting.spans(of: source).filter { $0.kind != .plain && $0.kind != .sign }
            .map { "\($0.kind) \(source.text($0.range))" }
    }

    @Test func wordsNumbersAndComments() {
        #expect(
            kinds("let x = 1 # one\n## Prose\nnot true") == [
                "keyword let", "number 1", "comment # one", "prose ## Prose", "keyword not", "constant true",
            ])
        #expect(kinds("x ## not prose") == ["comment ## not prose"])
    }

    @Test func stringsWithInterpolations() {
        #expect(
            kinds("\"a {x:.2} b\"") == [
                "string \"a ", "interpolation {", "interpolation :.2}", "string  b\"",
            ])
        #expect(kinds("\"# no comment\" # one") == ["string \"# no comment\"", "comment # one"])
    }

    @Test func namesOfFunctionsAndArguments() {
        #expect(
            kinds("fn f(x) = g(x, by: 2) |> h") == [
                "keyword fn", "function f", "function g", "argument by", "number 2", "function h",
            ])
        #expect(kinds("{name: x[a:b]}") == ["argument name"])
    }

    @Test func whatIsNoTokenIsInvalid() {
        #expect(kinds("a $ b") == ["invalid $"])
        #expect(kinds("\"open") == ["string \"open"])
    }

    /// All scripts of the tests, and all their beginnings of odd lengths: spans cover any source without gaps.
    @Test func spansCoverEverySource() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Scripts")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var count = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "tx" else { continue }
            count += 1
            let bytes = [UInt8](try Data(contentsOf: file))
            for length in [bytes.count, bytes.count / 2, bytes.count / 3] {
                expectCover(SourceFile(name: "test", bytes: Array(bytes.prefix(length))))
            }
        }
        #expect(count > 10)
    }

    private func expectCover(_ source: SourceFile) {
        let spans = Highlighting.spans(of: source)
        var position = 0
        for span in spans {
            #expect(span.range.start == position && span.range.end > position)
            position = span.range.end
        }
        #expect(position == source.bytes.count)
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.kind != $1.kind })
    }
}
