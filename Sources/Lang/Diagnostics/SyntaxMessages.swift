// What the parser says, sorted by name.

enum SyntaxMessages {
    static func assignmentInCondition(_ place: Place) -> Diagnostic {
        .message("an assignment cannot be a condition", at: place, help: "write '==' to compare")
    }

    static func cannotAssign(_ place: Place) -> Diagnostic {
        .message(
            "only a name, a field or an element can be assigned to", at: place,
            help: "write '==' to compare, 'let name = …' to name a value")
    }

    static func chainedComparison(_ place: Place) -> Diagnostic {
        .message("comparisons cannot be chained", at: place, help: "write 'a < b and b < c'")
    }

    static func chainedOperator(_ place: Place, _ sign: String) -> Diagnostic {
        .message("'\(sign)' cannot follow an operator of the same level", at: place, help: "add parentheses")
    }

    static func expectedExpression(_ place: Place, found: String) -> Diagnostic {
        .message("expected a value, found \(found)", at: place)
    }

    static func expectedImportPath(_ place: Place) -> Diagnostic {
        .message("'import' takes the path of a file as a string", at: place, help: "write 'import \"common.tx\"'")
    }

    static func expectedStatementEnd(_ place: Place, found: String) -> Diagnostic {
        .message(
            "expected the end of the statement, found \(found)", at: place,
            help: "statements end with their line, or with ';'")
    }

    static func expectedToken(_ place: Place, _ wanted: String, in construct: String, found: String) -> Diagnostic {
        .message("expected \(wanted) in \(construct), found \(found)", at: place)
    }

    static func functionNeedsParentheses(_ place: Place) -> Diagnostic {
        .message("a function cannot begin here", at: place, help: "write '(x => …)' in parentheses")
    }

    static func functionTooLarge(_ place: Place) -> Diagnostic {
        .message(
            "a function of this file has more than 65,535 values or constants", at: place,
            help: "keep data in a file of its own and read it")
    }

    static func importNeedsName(_ place: Place, _ stem: String) -> Diagnostic {
        .message("'\(stem)' cannot be a name", at: place, help: "write 'import \"…\" as name'")
    }

    static func interpolationNotAllowed(_ place: Place) -> Diagnostic {
        .message("this string cannot have interpolations", at: place, help: "a literal brace is written '{{'")
    }

    static func invalidCharacter(_ place: Place, _ text: String) -> Diagnostic {
        let instead = ["!": "not", "&&": "and", "||": "or", "&": "and", "|": "or", "'": "\""]
        let scalar = text.unicodeScalars.first
        let isVisible = scalar.map { $0.value >= 0x20 && $0.value != 0x7F } ?? false
        let shown = isVisible ? "'\(text)'" : "U+\(hexadecimal(scalar?.value ?? 0))"
        return .message(
            "\(shown) has no meaning here", at: place, help: instead[text].map { "write '\($0)'" })
    }

    static func invalidEscape(_ place: Place) -> Diagnostic {
        .message(
            "unknown escape", at: place,
            help: "known are \\n \\t \\r \\0 \\\\ \\\" \\{ \\} \\u{1F600}; r\"…\" takes backslashes as they are")
    }

    static func keywordAsName(_ place: Place, _ word: String) -> Diagnostic {
        .message("'\(word)' is a word of the language and cannot be a name", at: place)
    }

    static func layoutChangesMeaning(_ place: Place) -> Diagnostic {
        .message(
            "the formatter cannot lay this out without changing its meaning", at: place,
            help: "this is a mistake of the formatter, not of the script; the file was left as it is")
    }

    static func malformedFormat(_ place: Place, _ spelling: String) -> Diagnostic {
        .message(
            "'\(spelling)' is no format", at: place,
            help: "formats look like .2  .1e  .1%  ,  <12  >8.3")
    }

    static func malformedNumber(_ place: Place, _ spelling: String) -> Diagnostic {
        .message(
            "'\(spelling)' is no number", at: place, help: "numbers look like 42  3.5  1e-6  1_000_000  0xff  95%")
    }

    static func malformedUTF8(_ place: Place) -> Diagnostic {
        .message("these bytes are not UTF-8", at: place, help: "save the file in UTF-8")
    }

    static func namedArgumentWithEquals(_ place: Place, _ name: String) -> Diagnostic {
        .message("a named argument takes ':'", at: place, help: "write '\(name): …'")
    }

    static func nestingTooDeep(_ place: Place, limit: Int) -> Diagnostic {
        .message("nested more than \(limit) deep", at: place, help: "name parts of it with 'let'")
    }

    static func notNeedsParentheses(_ place: Place) -> Diagnostic {
        .message("'not' binds less tightly than the operator before it", at: place, help: "write '(not …)'")
    }

    static func numberNeedsZero(_ place: Place) -> Diagnostic {
        .message("a number cannot begin with '.'", at: place, help: "write '0.5'")
    }

    static func positionalAfterNamed(_ place: Place) -> Diagnostic {
        .message("an argument without a name cannot follow one with a name", at: place)
    }

    static func repeatedField(_ place: Place, _ name: String) -> Diagnostic {
        .message("the record has two fields '\(name)'", at: place)
    }

    static func sourceTooLarge(_ place: Place, limit: Int) -> Diagnostic {
        .message(
            "a script cannot be larger than \(limit >> 20) MiB", at: place,
            help: "keep data in a file of its own and read it")
    }

    static func strayBlock(_ place: Place) -> Diagnostic {
        .message(
            "a block cannot stand here", at: place, help: "a record is written '{name: value}'",
            "a function is written '() => { … }'")
    }

    static func unclosedBracket(_ place: Place, _ open: String, _ close: String) -> Diagnostic {
        .message("'\(open)' is not closed", at: place, help: "add '\(close)'")
    }

    static func unmatchedBracket(_ place: Place, _ text: String) -> Diagnostic {
        .message("'\(text)' closes nothing", at: place)
    }

    static func unterminatedString(_ place: Place) -> Diagnostic {
        .message(
            "the string is not closed", at: place, help: "add '\"'; a string of several lines is written \"\"\"…\"\"\"")
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
