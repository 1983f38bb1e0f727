// Values: sizes that the machine counts on, text forms, value semantics, deep values.

import Testing

@testable import Lang

struct ValueTests {
    @Test func valuesAndInstructionsStaySmall() {
        #expect(MemoryLayout<Value>.stride == 16)
        #expect(MemoryLayout<Value?>.stride == 16)
        #expect(MemoryLayout<Instruction>.stride == 8)
    }

    @Test func numbersPrintShortest() {
        let texts: [(Double, String)] = [
            (3, "3"), (-0.5, "-0.5"), (0.1, "0.1"), (1e-6, "1e-6"), (1.5e-7, "1.5e-7"), (1e15, "1000000000000000"),
            (1e21, "1e21"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (0.1 + 0.2, "0.30000000000000004"),
        ]
        for (number, text) in texts { #expect(NumberFormat.text(number) == text) }
    }

    @Test func formatsAreChecked() {
        for text in [".2", ".1e", ".1%", ",", "<12", "*^9", "+.3", ">8.3f", ",.2", ".3g"] {
            #expect(FormatSpec(text) != nil, "\(text)")
        }
        for text in ["x", ".", ".e", "12345", ".999", "<<<", "2.%%"] { #expect(FormatSpec(text) == nil, "\(text)") }
    }

    @Test func widthCountsColumns() {
        #expect(TextWidth.columns(of: "abc") == 3)
        #expect(TextWidth.columns(of: "日本") == 4)
        #expect(TextWidth.columns(of: "e\u{301}") == 1)
        #expect(TextWidth.columns(of: "😀") == 2)
    }

    @Test func listsArePackedWhileTheyHoldNumbers() {
        var list = List([1, 2])
        #expect(list.numbers == [1, 2])
        list.append("x")
        #expect(list.numbers == nil && list.count == 3)
        list[2] = 3
        #expect(list[2].asNumber == 3)
        var copy = list
        copy[0] = 9
        #expect(list[0].asNumber == 1 && copy[0].asNumber == 9)
    }

    @Test func recordsKeepOrderAndAreCopiedOnWrite() {
        var record = Record((0..<40).map { ("f\($0)", .number(Double($0))) })
        let copy = record
        record["f3"] = nil
        record["f39"] = 0
        #expect(record.count == 39 && record["f3"] == nil && record["f39"]?.asNumber == 0)
        #expect(copy["f3"]?.asNumber == 3 && copy.names.last == "f39")
        #expect(record.names == (0..<40).filter { $0 != 3 }.map { "f\($0)" })
    }

    @Test(arguments: ["x = [x]", "x = {next: x}", "let y = x\n x = () => y"])
    func deepValuesAreReleasedAndCompared(_ step: String) throws {
        let text = "var x = none\nfor i in 0..<300_000 { \(step) }\nlet same = x == x\nsame;"
        try Interpreter { _ in }.run(SourceFile(name: "deep", text: text))
    }

    @Test func deepValuesDisplay() throws {
        let text = "var x = [1]\nfor i in 0..<1000 { x = [x, \"s\"] }\nx\nprint(len(str(x)) > 100)"
        try Interpreter { _ in }.run(SourceFile(name: "deep", text: text))
    }

    @Test func nearestNameIsNear() {
        #expect(NearestName.find("resnet5O", among: ["resnet50", "resnet101", "densenet121"]) == "resnet50")
        #expect(NearestName.find("pritn", among: ["print", "point"]) == "print")
        #expect(NearestName.find("x", among: ["y", "z"]) == nil)
        #expect(NearestName.find("zebra", among: ["print"]) == nil)
    }

    @Test func rendererPaintsOnlyWhenAsked() {
        let source = SourceFile(name: "a.tx", text: "\tlet ü = x")
        let diagnostic = Diagnostic("id", "unknown name 'x'", source: source, range: SourceRange(10, 11), help: ["y"])
        #expect(
            DiagnosticRenderer().render(diagnostic) == """
                error: unknown name 'x'
                 --> a.tx:1:10
                  |
                1 |     let ü = x
                  |             ^
                  = help: y

                """)
        #expect(DiagnosticRenderer(usesColor: true).render(diagnostic).contains("\u{1B}[31;1merror"))
    }
}
