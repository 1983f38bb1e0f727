import Lang

/// Paths of files, a folder at a time: what a string, or the argument of a command, could go on with.
enum CompletePath {
    /// - Parameters:
    ///   - written: the path so far.
    ///   - start: where it begins in the entry.
    /// - Returns: the last part of the path as range; the whole path where a `~` is replaced, which scripts do not know.
    static func completion(_ written: String, at start: Int, facts: CompletionFacts) -> Completion? {
        let isAtHome = written == "~" || written.hasPrefix("~/")
        let path = isAtHome ? facts.home + (written == "~" ? "/" : String(written.dropFirst())) : written
        let folderEnd = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let (folder, name) = (String(path[..<folderEnd]), String(path[folderEnd...]))
        guard let files = facts.files(folder.isEmpty ? "." : folder) else { return nil }
        let found = files.filter { $0.hasPrefix(name) && (!$0.hasPrefix(".") || name.hasPrefix(".")) }.sorted()
        let nameStart = start + written.utf8.count - (isAtHome ? written.utf8.count : name.utf8.count)
        return Completion(
            range: nameStart..<start + written.utf8.count,
            candidates: found.map { Completion.Candidate(isAtHome ? folder + $0 : $0) })
    }

    /// As the text stands inside quotes.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\"", "\\": result += "\\" + String(character)
            case "{", "}": result += String(repeating: character, count: 2)
            default: result.append(character)
            }
        }
    }
}
