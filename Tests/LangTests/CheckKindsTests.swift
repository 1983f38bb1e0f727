// What `check` knows of the natives that a host adds: what they return, lists that must not be empty or repeat
// themselves. The natives are those of a study in small.

import Testing

@testable import Lang

struct CheckKindsTests {
    private static func returning(
        _ name: String, _ kind: ParameterKind?, _ parameters: [Parameter] = []
    ) -> Signature {
        Signature(name, group: "test", summary: "A value.", parameters: parameters, returns: kind) { _ in .nothing }
    }

    private static func list(of typeName: String) -> ParameterKind {
        .distinct(.nonEmpty(.list(of: .foreign(typeName: typeName))))
    }

    private static var anything: [Parameter] { [.rest("values", .any), .namedRest("more", .any)] }

    private static var natives: [Signature] {
        [
            returning("net", .foreign(typeName: "model"), anything),
            returning("pictures", .foreign(typeName: "dataset"), [Parameter("name", .nonEmpty(.string))]),
            returning("logreg", .foreign(typeName: "setting"), anything),
            returning("nets", .list(of: .foreign(typeName: "model")), anything),
            returning("best", .optional(.foreign(typeName: "model")), anything),
            returning("anything", nil, anything),
            returning("size", .number(), [Parameter("x", .foreign(typeName: "model"))]),
            returning("size", .string, [Parameter("x", .foreign(typeName: "dataset"))]),
            returning("kind", .choice(["a", "b"]), anything),
            returning(
                "pick", nil, [Parameter("x", .choice(["b", "c"])), Parameter("y", .choice(["c"]), default: "c")]),
            returning(
                "study", .foreign(typeName: "study"),
                [
                    Parameter("models", list(of: "model")), Parameter("datasets", list(of: "dataset")),
                    Parameter("settings", list(of: "setting")),
                    Parameter("seeds", .distinct(.list(of: .integer(0...100))), default: .numbers([0])),
                ]),
        ]
    }

    private func check(_ text: String) -> [String] {
        let interpreter = Interpreter(natives: Self.natives) { _ in }
        return interpreter.check(SourceFile(name: "test", text: text)).map(\.message)
    }

    /// What is said about a study of which one argument is replaced.
    private func study(_ name: String, _ value: String, before: String = "") -> [String] {
        var arguments = ["models": "[net()]", "datasets": "[pictures(\"a\")]", "settings": "[logreg()]"]
        arguments[name] = value
        let list = arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        return check("\(before)\nstudy(\(list))")
    }

    @Test func soundStudiesAreLeftAlone() {
        #expect(study("seeds", "[0, 1, 2]") == [])
        #expect(study("models", "[net(1), net(2), best()]") == [])
        #expect(study("models", "nets(1)") == [])
        #expect(study("models", "anything()") == [])
        #expect(study("models", "[n, m]", before: "let n = net()\nlet m = net()") == [])
        #expect(study("models", "[n, m] |> anything", before: "let n = net()\nlet m = net()") == [])
        #expect(study("models", "[n, n] ++ [m]", before: "let n = net()\nlet m = net()") == [])
    }

    @Test func namesOfArgumentsAreKnown() {
        #expect(check("study(models: [net()], datsets: [])").contains("'study' has no parameter 'datsets'"))
        #expect(
            check("study(models: [net()], settings: [logreg()])") == [
                "'study' needs its parameter 'datasets': a non-empty list of datasets, no two alike"
            ])
    }

    @Test func elementsOfListsHaveTheirKind() {
        let takes = "'models' of 'study' takes a non-empty list of models, no two alike, got "
        #expect(study("models", "[\"resnet50\"]") == [takes + "one with \"resnet50\""])
        #expect(study("models", "[net(), pictures(\"a\")]") == [takes + "one with a dataset"])
        #expect(study("models", "[net(), 1 |> logreg]") == [takes + "one with a setting"])
        #expect(study("models", "[d]", before: "let d = pictures(\"a\")") == [takes + "one with a dataset"])
        #expect(study("models", "net()") == [takes + "a model"])
        #expect(study("models", "d", before: "let d = [pictures(\"a\")]") == [takes + "one with a dataset"])
        #expect(study("datasets", "nets()").first?.hasSuffix("no two alike, got a list of models") == true)
        #expect(study("models", "{a: net()}") == [takes + "a record"])
    }

    @Test func listsMayHaveToHaveElements() {
        #expect(study("models", "[]").first?.hasSuffix("got an empty one") == true)
        #expect(study("models", "none").first?.hasSuffix("got none") == true)
        #expect(study("datasets", "xs", before: "let xs = []").first?.hasSuffix("got an empty one") == true)
        #expect(check("pictures(\"\")") == ["'name' of 'pictures' takes a non-empty string, got \"\""])
    }

    @Test func listsMayNotRepeatThemselves() {
        #expect(study("seeds", "[0, 1, 0]").first?.hasSuffix("got one with 0 twice") == true)
        #expect(study("models", "[n, n]", before: "let n = net()").first?.hasSuffix("got one with 'n' twice") == true)
        #expect(
            study("seeds", "[s, 1, s]", before: "let s = anything()").first?.hasSuffix("got one with 's' twice") == true
        )
    }

    @Test func numbersHaveTheirRange() {
        #expect(study("seeds", "[0, 101]").first?.hasSuffix("got one with 101") == true)
        #expect(study("seeds", "[0.5]").first?.hasSuffix("got one with 0.5") == true)
    }

    @Test func overloadedNativesReturnWhatTheirArgumentDecides() {
        #expect(check("sqrt(size(net()))") == [])
        #expect(check("sqrt(size(pictures(\"a\")))").count == 1)
        #expect(check("sqrt(size(anything()))") == [])
        #expect(check("if size(anything()) { }") == ["a condition is true or false, got a number or a string"])
    }

    @Test func choicesMustMeet() {
        #expect(check("pick(kind())") == [])
        #expect(check("pick(\"b\", kind())").count == 1)
        #expect(check("pick(\"d\")") == ["'x' of 'pick' takes \"b\" or \"c\", got \"d\""])
    }

    @Test func foreignValuesAreNoFunctionsAndNoTruth() {
        #expect(check("net()(1)") == ["only functions can be called, got a model"])
        #expect(check("let n = net()\nn(1)") == ["only functions can be called, got a model"])
        #expect(check("if net() { }") == ["a condition is true or false, got a model"])
        #expect(check("net() + 1") == ["'+' takes numbers and lists of numbers, got a model"])
        #expect(check("for x in net() { }\nnet()[0]") == [], "a foreign value may have elements")
    }

    @Test func kindsAcceptTheSameWhileRunning() {
        let kind = ParameterKind.distinct(.nonEmpty(.list(of: .number())))
        #expect(kind.accepts([1, 2]) && !kind.accepts([1, 1]) && !kind.accepts([]) && !kind.accepts(["a"]))
        #expect(ParameterKind.nonEmpty(.string).accepts("a") && !ParameterKind.nonEmpty(.string).accepts(""))
        #expect(kind.got([1, 1]) == "one with 1 twice" && kind.got([]) == "an empty one")
        #expect(kind.phrase == "a non-empty list of numbers, no two alike")
    }
}
