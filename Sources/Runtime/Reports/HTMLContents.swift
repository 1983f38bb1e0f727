/// The headings of a report's prose: its title, an address for each, and the table of contents.
struct HTMLContents {
    private struct Entry {
        let cell: Int
        /// Index among the cell's headings.
        let heading: Int
        let level: Int
        let text: String
        let id: String
    }

    private let entries: [Entry]

    init(_ notebook: Notebook) {
        var taken: Set<String> = []
        var entries: [Entry] = []
        for case (let cell, .prose(let markdown)) in notebook.cells.enumerated() {
            for (index, heading) in CommonMark(markdown).headings.enumerated() {
                let id = HTMLContents.id(for: heading.text, taken: &taken)
                entries.append(
                    Entry(cell: cell, heading: index, level: heading.level, text: heading.text, id: id))
            }
        }
        self.entries = entries
    }

    /// Letters and digits of a heading, its words joined by hyphens; numbered when it stands twice. The prefix keeps it
    /// apart from the ids of cells.
    private static func id(for text: String, taken: inout Set<String>) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(8)
        let base = "h-" + (words.isEmpty ? "section" : words.joined(separator: "-"))
        var id = base
        var number = 2
        while !taken.insert(id).inserted {
            id = "\(base)-\(number)"
            number += 1
        }
        return id
    }

    // MARK: Title

    private var titleEntry: Entry? { entries.first { $0.level == 1 } }

    /// The first heading of the first level.
    var title: String? { titleEntry?.text }

    func isTitle(cell: Int, heading: Int) -> Bool { titleEntry?.cell == cell && titleEntry?.heading == heading }

    func id(cell: Int, heading: Int) -> String {
        entries.first { $0.cell == cell && $0.heading == heading }?.id ?? ""
    }

    // MARK: Table of contents

    /// Deeper headings than these would make the table longer than it helps.
    private static let deepestLevel = 3

    /// Links to the headings besides the title; empty when there is no choice between them.
    var navigation: String {
        let shown = entries.filter { $0.id != titleEntry?.id && $0.level <= Self.deepestLevel }
        guard shown.count >= 2, let top = shown.map(\.level).min() else { return "" }
        let items = shown.map { entry in
            let depth = entry.level > top ? " class=\"sub\"" : ""
            return "<li\(depth)><a href=\"#\(entry.id)\">\(HTMLText.escaped(entry.text))</a></li>\n"
        }
        return "<nav aria-label=\"Contents\">\n<p>Contents</p>\n<ul>\n\(items.joined())</ul>\n</nav>\n"
    }
}
