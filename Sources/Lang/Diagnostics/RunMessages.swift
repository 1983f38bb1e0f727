// What the machine says while a script runs, sorted by name. (Arguments of natives are reported by `NameMessages`, at
// whichever time they are found wrong.)

enum RunMessages {
    static func assertionFailed(_ place: Place, _ message: String) -> Diagnostic {
        .message(message.isEmpty ? "the assertion does not hold" : message, at: place)
    }

    static func callDepthExceeded(_ place: Place, calls: Int) -> Diagnostic {
        .message(
            "\(calls) calls within one another are too many", at: place,
            help: "a recursion needs a case that ends it; a deep one is better written as a loop")
    }

    static func differentLengths(_ place: Place, _ sign: String, _ left: Int, _ right: Int) -> Diagnostic {
        .message("'\(sign)' takes lists of one length, got \(left) and \(right)", at: place)
    }

    static func indexNotWhole(_ place: Place, got: String) -> Diagnostic {
        .message("an index is a whole number, got \(got)", at: place)
    }

    static func indexOutOfRange(_ place: Place, _ index: String, count: Int) -> Diagnostic {
        let range = count == 0 ? "there are no elements" : "indices go from 0 to \(count - 1), or from -\(count) to -1"
        return .message("index \(index) is out of range", at: place, help: range)
    }

    static func interrupted(_ place: Place) -> Diagnostic {
        .message("interrupted", at: place)
    }

    static func nativeFailed(_ place: Place, _ error: NativeError) -> Diagnostic {
        .message(error.message, at: place, help: error.help)
    }

    static func noField(_ place: Place, _ name: String, of type: String, known: [String]) -> Diagnostic {
        let nearest = NearestName.find(name, among: known).map { "did you mean '\($0)'?" }
        // A record may have hundreds of fields; a message shows a line of them.
        let list = known.count <= 12 && !known.isEmpty ? "its fields are \(known.joined(separator: ", "))" : nil
        return .message(
            "\(ParameterKind.withArticle(type)) has no field '\(name)'", at: place,
            help: nearest ?? (known.isEmpty ? nil : list))
    }

    static func noMatchingSignature(_ place: Place, _ function: String, takes: String, got: String) -> Diagnostic {
        .message("'\(function)' takes \(takes), got \(got)", at: place)
    }

    static func notACollection(_ place: Place, got: String) -> Diagnostic {
        .message("'for' takes a list, a string, a record or a table, got \(got)", at: place)
    }

    static func notAFunction(_ place: Place, got: String) -> Diagnostic {
        .message("only functions can be called, got \(got)", at: place)
    }

    static func notAssignable(_ place: Place, got: String, isTable: Bool) -> Diagnostic {
        .message(
            "only elements of lists and fields of records can be assigned, got \(got)", at: place,
            help: isTable ? "'t = mutate(t, name: …)' gives a table with another column" : nil)
    }

    static func notATruthValue(_ place: Place, got: String) -> Diagnostic {
        .message("a condition is true or false, got \(got)", at: place, help: "compare, as in 'x != 0'")
    }

    static func notIndexable(_ place: Place, got: String) -> Diagnostic {
        .message("elements belong to lists, strings, records and tables, got \(got)", at: place)
    }

    static func noValueYet(_ place: Place, _ name: String) -> Diagnostic {
        .message("'\(name)' has no value yet", at: place, help: "its definition must run before this call")
    }

    static func patternMismatch(_ place: Place, takes: String, got: String) -> Diagnostic {
        .message("the pattern takes \(takes), got \(got)", at: place)
    }

    static func raised(_ place: Place, _ message: String) -> Diagnostic {
        .message(message, at: place)
    }

    static func rangeEndless(_ place: Place, from: String, to: String, step: String) -> Diagnostic {
        .message("a range from \(from) to \(to) by \(step) does not end", at: place)
    }

    static func rangeTooLong(_ place: Place, count: String) -> Diagnostic {
        .message(
            "a list of \(count) numbers does not fit into memory", at: place,
            help: "'for i in a..b' counts without a list")
    }

    static func tooLong(_ place: Place, _ what: String) -> Diagnostic {
        .message("\(what) does not fit into memory", at: place)
    }

    static func wrongArgumentCount(_ place: Place, _ function: String, takes: String, got: Int) -> Diagnostic {
        .message("'\(function)' takes \(takes), got \(got)", at: place)
    }

    static func wrongOperand(_ place: Place, _ sign: String, takes: String, got: String, help: String?) -> Diagnostic {
        .message("'\(sign)' takes \(takes), got \(got)", at: place, help: help)
    }
}
