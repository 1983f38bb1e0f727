/// Whether a page's elements are closed in the order in which they were opened, attributes are quoted, and no bare `<`
/// or `&` stands in the text: stricter than HTML, as our writer is.
enum HTMLWellFormedness {
    private static let void: Set<Substring> = ["meta", "img", "br", "hr", "link", "input"]

    /// - Returns: the first problem; nil when there is none.
    static func problem(_ page: String) -> String? {
        var open: [Substring] = []
        var rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            if let problem = problem(inText: rest[..<start], of: open.last) { return problem }
            guard let end = rest[start...].firstIndex(of: ">") else { return "a tag is not closed" }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                guard open.last == tag.dropFirst() else { return "<\(tag)> where \(open) is open" }
                open.removeLast()
                continue
            }
            guard tag.wholeMatch(of: /[a-z][a-z0-9]*(\s+[a-z-]+(="[^"<]*")?)*\s*\/?/) != nil else {
                return "not a tag: \(tag.prefix(80))"
            }
            let name = tag.prefix { $0.isLetter || $0.isNumber }
            if !void.contains(name) { open.append(name) }
        }
        return open.isEmpty ? problem(inText: rest, of: nil) : "still open: \(open)"
    }

    private static func problem(inText text: Substring, of element: Substring?) -> String? {
        if element == "style" { return nil }
        let bare = text.firstMatch(of: /&(?!(amp|lt|gt|quot|#\d+);)/)
        return bare == nil ? nil : "a bare & in: \(text.prefix(80))"
    }
}
