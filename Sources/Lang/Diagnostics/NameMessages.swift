// What the resolver and the checks before the run say, sorted by name.

enum NameMessages {
    static func alreadyBound(_ place: Place, _ name: String, earlier: Place) -> Diagnostic {
        .message(
            "'\(name)' is bound already", at: place,
            notes: [.init("'\(name)' is bound", source: earlier.source, range: earlier.range)],
            help: "choose another name, or declare it with 'var' and assign '\(name) = …'")
    }

    static func argumentGivenTwice(_ place: Place, _ parameter: String, of function: String) -> Diagnostic {
        .message("'\(function)' gets its parameter '\(parameter)' twice", at: place)
    }

    static func assignedBuiltin(_ place: Place, _ name: String) -> Diagnostic {
        .message(
            "'\(name)' belongs to the standard library and cannot be assigned", at: place,
            help: "write 'var \(name) = …' for a variable of your own")
    }

    static func assignedConstant(
        _ place: Place, _ name: String, _ kind: Variable.Kind, declaration: Place
    ) -> Diagnostic {
        let help =
            kind == .let ? "write 'var \(name) = …' where it is bound" : "write 'var …' for a variable of its own"
        return .message(
            "'\(name)' cannot be assigned", at: place,
            notes: [.init("'\(name)' is bound", source: declaration.source, range: declaration.range)], help: help)
    }

    static func assignedNeverRead(_ place: Place, _ name: String) -> Diagnostic {
        .message(
            "'\(name)' is assigned but never read", at: place, severity: .warning,
            help: "remove it, or call it '_\(name)'")
    }

    static func assignedUnknown(_ place: Place, _ name: String, nearest: String?) -> Diagnostic {
        .message(
            "unknown name '\(name)'", at: place,
            help: nearest.map { "did you mean '\($0)'? 'var \(name) = …' makes a variable" }
                ?? "write 'var \(name) = …' to make a variable")
    }

    static func constantCondition(_ place: Place, isTrue: Bool) -> Diagnostic {
        .message("the condition is always \(isTrue)", at: place, severity: .warning)
    }

    static func importCycle(_ place: Place, _ files: [String]) -> Diagnostic {
        .message("files import one another: \(files.joined(separator: " → "))", at: place)
    }

    static func importNotRead(_ place: Place, _ path: String, reason: String) -> Diagnostic {
        .message("cannot read '\(path)': \(reason)", at: place, help: "paths are relative to the importing file")
    }

    static func jumpOutsideLoop(_ place: Place, _ word: String) -> Diagnostic {
        .message("'\(word)' stands outside of a loop", at: place)
    }

    static func missingArgument(
        _ place: Place, _ parameter: String, takes: String?, of function: String
    ) -> Diagnostic {
        .message(
            "'\(function)' needs its parameter '\(parameter)'\(takes.map { ": \($0)" } ?? "")", at: place)
    }

    static func needsOneOf(_ place: Place, _ parameters: [String], of function: String) -> Diagnostic {
        .message("'\(function)' needs \(parameters.map { "'\($0)'" }.joined(separator: " or "))", at: place)
    }

    static func noEffect(_ place: Place, isComparison: Bool) -> Diagnostic {
        .message(
            "this does nothing: its value is not used", at: place, severity: .warning,
            help: isComparison ? "write '=' to assign" : nil)
    }

    static func onlyOneOf(_ place: Place, _ parameters: [String], of function: String) -> Diagnostic {
        let names = parameters.map { "'\($0)'" }.joined(separator: " and ")
        return .message("'\(function)' takes only one of \(names)", at: place)
    }

    static func repeatedParameter(_ place: Place, _ name: String) -> Diagnostic {
        .message("the function has two parameters '\(name)'", at: place)
    }

    static func requiredAfterDefault(_ place: Place, _ name: String) -> Diagnostic {
        .message(
            "'\(name)' has no default but follows a parameter that has one", at: place,
            help: "put parameters with defaults last")
    }

    static func restNotLast(_ place: Place) -> Diagnostic {
        .message("the parameter after '...' must be the last", at: place)
    }

    static func returnOutsideFunction(_ place: Place) -> Diagnostic {
        .message("'return' stands outside of a function", at: place)
    }

    static func tooManyArguments(
        _ place: Place, _ function: String, takes count: Int, namesOthers: Bool = false
    ) -> Diagnostic {
        let takes =
            switch count {
            case 0: namesOthers ? "only named arguments" : "no arguments"
            case 1: "at most one positional argument"
            default: "at most \(count) positional arguments"
            }
        return .message(
            "'\(function)' takes \(takes)", at: place, help: namesOthers ? "name the others: 'name: value'" : nil)
    }

    static func tooManyParameters(_ place: Place, limit: Int) -> Diagnostic {
        .message("a function has at most \(limit) parameters", at: place, help: "pass a record")
    }

    static func unknownImportedName(
        _ place: Place, _ name: String, of module: String, nearest: String?
    ) -> Diagnostic {
        .message(
            "'\(module)' has no name '\(name)'", at: place, help: nearest.map { "did you mean '\($0)'?" })
    }

    static func unknownName(_ place: Place, _ name: String, nearest: String?) -> Diagnostic {
        .message(
            "unknown name '\(name)'", at: place, help: nearest.map { "did you mean '\($0)'?" } ?? elsewhere[name])
    }

    static func unknownParameter(
        _ place: Place, _ name: String, of function: String, known: [String]
    ) -> Diagnostic {
        let nearest = NearestName.find(name, among: known)
        let list = known.isEmpty ? "it takes no named arguments" : "its parameters are \(known.joined(separator: ", "))"
        return .message(
            "'\(function)' has no parameter '\(name)'", at: place,
            help: nearest.map { "did you mean '\($0)'?" } ?? list)
    }

    static func unreachable(_ place: Place, after note: Diagnostic.Note) -> Diagnostic {
        .message("this is never reached", at: place, severity: .warning, notes: [note])
    }

    static func unusedName(_ place: Place, _ name: String) -> Diagnostic {
        .message(
            "'\(name)' is never used", at: place, severity: .warning, help: "remove it, or call it '_\(name)'")
    }

    static func usedBeforeDefinition(_ place: Place, _ name: String, later: Place) -> Diagnostic {
        .message(
            "'\(name)' is used before it is defined", at: place,
            notes: [.init("'\(name)' is defined", source: later.source, range: later.range)])
    }

    static func wrongArgument(
        _ place: Place, _ parameter: String, of function: String, takes: String, got: String
    ) -> Diagnostic {
        // Most often a table's column with missing entries.
        let help = got == "one with none" ? "drop_missing leaves out the elements that are none" : nil
        return .message("'\(parameter)' of '\(function)' takes \(takes), got \(got)", at: place, help: help)
    }

    /// What users of other languages type.
    private static let elsewhere = [
        "null": "write 'none'", "nil": "write 'none'", "None": "write 'none'", "NULL": "write 'none'",
        "NA": "write 'none'", "NaN": "write 'nan'", "Inf": "write 'inf'", "elif": "write 'else if'",
        "def": "write 'fn'", "function": "write 'fn'", "lambda": "write 'x => …'", "length": "write 'len'",
        "const": "write 'let'", "console": "write 'print(…)'",
    ]
}
