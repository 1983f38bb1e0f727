// Functions about values of any kind: output, types, errors, help.

extension CoreLibrary {
    static var core: [Signature] { [assert, error, help, number, print, show, str, type] }

    private static var assert: Signature {
        Signature(
            "assert", group: "core", summary: "Raises an error unless a condition holds.",
            parameters: [
                Parameter("condition", .bool, "what must hold"),
                Parameter("message", .string, default: "", "what the error says"),
            ], example: "assert(1 + 1 == 2, \"arithmetic works\")", link: "language.md#errors"
        ) { call in
            guard try call.bool("condition") else {
                throw Raised(message: try call.string("message"), isAssertion: true)
            }
            return .nothing
        }
    }

    private static var error: Signature {
        Signature(
            "error", group: "core", summary: "Raises an error, which `try` can catch.",
            parameters: [Parameter("message", .string, "what the error says")],
            example: "try { error(\"no data\") } catch e { e.message }", link: "language.md#errors"
        ) { call in
            throw Raised(message: try call.string("message"), isAssertion: false)
        }
    }

    private static var help: Signature {
        Signature(
            "help", group: "core", summary: "Shows what a function does.",
            parameters: [Parameter("function", .function, "the function")], example: "help(map)",
            link: "language.md#help"
        ) { call in
            switch try call.value("function") {
            case .native(let native): call.output(SignatureHelp.text(of: native, width: call.displayWidth) + "\n")
            case .closure(let closure):
                let lines = closure.help.split(separator: "\n").map { "\n  \($0)" }
                call.output("fn \(closure.heading)\(lines.joined())\n")
            default: break
            }
            return .nothing
        }
    }

    private static var number: Signature {
        Signature(
            "number", group: "core", summary: "The number that a text writes.",
            parameters: [Parameter("x", .oneOf([.string, .number(), .bool]), "a text, or true (1) or false (0)")],
            returns: .optional(.number()), example: "number(\"1e-3\")", link: "language.md#values"
        ) { call in
            switch try call.value("x") {
            case .bool(let bool): return .number(bool ? 1 : 0)
            case .string(let box):
                guard let number = Double(trimmed(box.text)) else {
                    throw NativeError("\(Escape.quote(box.text)) is no number", parameter: "x")
                }
                return .number(number)
            case let number: return number
            }
        }
    }

    private static var print: Signature {
        Signature(
            "print", group: "core", summary: "Writes values to the output, separated by spaces, and ends the line.",
            parameters: [.rest("values", .any, "what to write")], example: "print(\"r =\", 0.87)",
            link: "language.md#display"
        ) { call in
            call.output(try call.values("values").map { ValueDisplay.text(of: $0) }.joined(separator: " ") + "\n")
            return .nothing
        }
    }

    private static var show: Signature {
        Signature(
            "show", group: "core", summary: "Displays a value as a top-level expression does.",
            parameters: [Parameter("value", .any, "what to show")], example: "show([1, 2, 3])",
            link: "language.md#display"
        ) { call in
            call.display(try call.value("value"))
            return .nothing
        }
    }

    private static var str: Signature {
        Signature(
            "str", group: "core", summary: "The text of a value, as `print` writes it.",
            parameters: [Parameter("value", .any, "any value")], returns: .string, example: "\"n = \" ++ str(3)",
            link: "language.md#strings"
        ) { call in
            .string(ValueDisplay.text(of: try call.value("value")))
        }
    }

    private static var type: Signature {
        Signature(
            "type", group: "core", summary: "The name of a value's type.",
            parameters: [Parameter("value", .any, "any value")], returns: .string, example: "type([1, 2])",
            link: "language.md#values"
        ) { call in
            .string(try call.value("value").typeName)
        }
    }
}
