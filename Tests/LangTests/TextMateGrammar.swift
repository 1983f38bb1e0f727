// As much of a TextMate grammar's meaning as ours uses: rules that match, rules with a beginning and an end, captures and
// includes, line by line as editors do it.

import Foundation

final class TextMateGrammar {
    private final class Rule {
        let name: String?
        let contentName: String?
        let match: NSRegularExpression?
        let begin: NSRegularExpression?
        let end: NSRegularExpression?
        let captures: [Int: String]
        let beginCaptures: [Int: String]
        let endCaptures: [Int: String]
        let patterns: [[String: Any]]

        init(_ json: [String: Any]) throws {
            func expression(_ key: String) throws -> NSRegularExpression? {
                try (json[key] as? String).map { try NSRegularExpression(pattern: $0, options: .anchorsMatchLines) }
            }
            func names(_ key: String) -> [Int: String] {
                let entries = json[key] as? [String: [String: String]] ?? [:]
                return Dictionary(uniqueKeysWithValues: entries.map { (Int($0) ?? 0, $1["name"] ?? "") })
            }
            name = json["name"] as? String
            contentName = json["contentName"] as? String
            match = try expression("match")
            begin = try expression("begin")
            end = try expression("end")
            (captures, beginCaptures, endCaptures) = (names("captures"), names("beginCaptures"), names("endCaptures"))
            patterns = json["patterns"] as? [[String: Any]] ?? []
        }
    }

    private let root: Rule
    private var repository: [String: Rule] = [:]
    private var inlineRules: [String: [Rule]] = [:]

    init(_ file: URL) throws {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        root = try Rule(json)
        for (name, rule) in json["repository"] as? [String: [String: Any]] ?? [:] { repository[name] = try Rule(rule) }
    }

    /// For each byte of a text, its scopes from the outermost to the innermost.
    func scopes(of text: String) throws -> [[String]] {
        var result: [[String]] = []
        var stack: [Rule] = [root]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let units = try scopes(ofLine: String(line), &stack)
            for (unit, scalar) in zip(units, String(line).utf16.indices) {
                // A scalar's first unit stands for all its bytes.
                guard let character = scalar.samePosition(in: String(line).unicodeScalars) else { continue }
                result += Array(repeating: unit, count: String(line).unicodeScalars[character].utf8.count)
            }
            result.append([])  // The line's end.
        }
        return result
    }

    private func scopes(ofLine line: String, _ stack: inout [Rule]) throws -> [[String]] {
        let length = line.utf16.count
        var units = [[String]](repeating: [], count: length)
        func paint(_ range: NSRange, _ scopes: [String]) {
            for unit in range.location..<min(range.location + range.length, length) { units[unit] = scopes }
        }
        func paint(_ found: NSTextCheckingResult, _ scopes: [String], _ captures: [Int: String]) {
            paint(found.range, scopes)
            for (group, name) in captures where group < found.numberOfRanges && found.range(at: group).length > 0 {
                paint(found.range(at: group), scopes + [name])
            }
        }
        var position = 0
        var emptySteps = 0
        while position <= length, emptySteps < 50 {
            let scopes = stack.flatMap { [$0.name, $0.contentName].compactMap { $0 } }
            guard let (rule, found, isEnd) = try next(in: line, from: position, stack) else {
                paint(NSRange(location: position, length: length - position), scopes)
                break
            }
            paint(NSRange(location: position, length: found.range.location - position), scopes)
            if isEnd {
                stack.removeLast()
                let outer = stack.flatMap { [$0.name, $0.contentName].compactMap { $0 } }
                paint(found, outer + [rule.name].compactMap { $0 }, rule.endCaptures)
            } else if rule.begin != nil {
                stack.append(rule)
                paint(found, scopes + [rule.name].compactMap { $0 }, rule.beginCaptures)
            } else {
                paint(found, scopes + [rule.name].compactMap { $0 }, rule.captures)
            }
            emptySteps = found.range.length == 0 ? emptySteps + 1 : 0
            position = found.range.location + found.range.length
        }
        return units
    }

    /// The earliest match; the end of the current rule wins over its patterns, and those in their order.
    private func next(
        in line: String, from position: Int, _ stack: [Rule]
    ) throws -> (rule: Rule, found: NSTextCheckingResult, isEnd: Bool)? {
        guard let top = stack.last else { return nil }
        let range = NSRange(location: position, length: line.utf16.count - position)
        func first(_ expression: NSRegularExpression?) -> NSTextCheckingResult? {
            expression?.firstMatch(in: line, options: [.withTransparentBounds, .withoutAnchoringBounds], range: range)
        }
        var best = first(top.end).map { (rule: top, found: $0, isEnd: true) }
        for rule in try flat(top) {
            guard let found = first(rule.begin ?? rule.match) else { continue }
            if best.map({ found.range.location < $0.found.range.location }) ?? true { best = (rule, found, false) }
        }
        return best
    }

    /// The rules that a rule's patterns stand for, includes resolved.
    private func flat(_ rule: Rule) throws -> [Rule] {
        try rule.patterns.flatMap { pattern -> [Rule] in
            guard let include = pattern["include"] as? String else { return [try Rule(pattern)] }
            guard include.hasPrefix("#"), let named = repository[String(include.dropFirst())] else { return [] }
            return named.match == nil && named.begin == nil ? try flat(named) : [named]
        }
    }
}
