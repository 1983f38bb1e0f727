import CPCRE2
import Lang

/// A regular expression, compiled by PCRE2: the only file that calls it.
///
/// Backtracking can take exponential time, so every step is counted and asks for Ctrl-C; the library's own limits count anew
/// at each place where a match may begin, which bounds nothing in a long text.
final class Pattern {
    private let code: OpaquePointer
    private let text: String

    /// Steps that any match may take, and those that every byte of a long text adds.
    private static let fewestSteps = 10_000_000
    private static let stepsPerByte = 50

    /// - Throws: `NativeError` with PCRE2's own words.
    init(_ text: String) throws {
        var (problem, place): (Int32, Int) = (0, 0)
        let options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT
        let bytes = Array(text.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, options, &problem, &place, nil) else {
            throw NativeError(
                "this is no regular expression: \(Pattern.words(problem)), at its character \(place + 1)",
                parameter: "pattern")
        }
        self.code = code
        self.text = text
    }

    deinit { pcre2_code_free_8(code) }

    /// What a match has used up, and why it was stopped.
    private struct Steps {
        var left: Int
        var isInterrupted = false
    }

    /// Whether some part of the subject matches.
    /// - Throws: `NativeError` when that takes too many steps; `Interruption` after Ctrl-C.
    func matches(_ subject: String) throws -> Bool {
        guard let context = pcre2_match_context_create_8(nil),
            let match = pcre2_match_data_create_from_pattern_8(code, nil)
        else { throw NativeError("there is no memory left for a match") }
        defer {
            pcre2_match_context_free_8(context)
            pcre2_match_data_free_8(match)
        }
        let bytes = Array(subject.utf8)
        var steps = Steps(left: max(Pattern.fewestSteps, Pattern.stepsPerByte * bytes.count))
        let status = withUnsafeMutablePointer(to: &steps) { steps in
            pcre2_set_callout_8(context, Pattern.step, steps)
            return pcre2_match_8(code, bytes, bytes.count, 0, PCRE2_NO_UTF_CHECK, match, context)
        }
        if status >= 0 { return true }
        if status == PCRE2_ERROR_NOMATCH { return false }
        if steps.isInterrupted { throw Interruption() }
        let limits = [PCRE2_ERROR_CALLOUT, PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_DEPTHLIMIT]
        guard limits.contains(status) else {
            throw NativeError("the match failed: \(Pattern.words(status))", parameter: "pattern")
        }
        throw NativeError(
            "the match takes too many steps", help: "repetitions of repetitions, as in '(a+)+', can be written once",
            parameter: "pattern")
    }

    /// Called before every item of the expression that is tried; what it returns ends the match unless it is 0.
    private static let step:
        @convention(c) (UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?) -> Int32 = {
            _, data in
            guard let steps = data?.assumingMemoryBound(to: Steps.self) else { return 0 }
            steps.pointee.left -= 1
            steps.pointee.isInterrupted = Interrupt.isRequested
            return steps.pointee.left > 0 && !steps.pointee.isInterrupted ? 0 : PCRE2_ERROR_CALLOUT
        }

    private static func words(_ problem: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pcre2_get_error_message_8(problem, &buffer, buffer.count)
        return count < 0 ? "error \(problem)" : String(decoding: buffer.prefix(Int(count)), as: UTF8.self)
    }
}

/// Regular expressions for scripts.
enum PatternNatives {
    static var signatures: [Signature] {
        [
            .host(
                "matches", group: "strings", "Whether a regular expression matches some part of the string.",
                text:
                    "The expressions are Perl's (PCRE2), on Unicode characters. Put one between `^` and `$` to match the\n"
                    + "whole string. `split` and `replace` take plain text.",
                [
                    Parameter("string", .string, "a string"),
                    Parameter("pattern", .string, "a regular expression, best as r\"…\""),
                ], returns: .bool, example: "matches(\"resnet50\", r\"^resnet\\d+$\")"
            ) { .bool(try Pattern(try $0.string("pattern")).matches(try $0.string("string"))) }
        ]
    }
}
