import Compute

/// The document information of PDF files (ISO 32000-1, sections 7.5 and 14.3.3): texts under names, which `pdfinfo -custom`
/// and viewers show.
///
/// Texts are added by an incremental update: the file stays as it is, behind it follow a new information dictionary, a
/// cross-reference section for it alone, and a trailer. The drawing cannot change by it.
enum PDFInfo {
    typealias Entry = (name: String, text: String)

    /// - Throws: `.badFile` when `pdf` has no cross-reference table that can be read.
    static func adding(_ entries: [Entry], to pdf: [UInt8], name: String) throws -> [UInt8] {
        let trailer = try trailer(of: pdf, at: try lastSection(of: pdf, name), name)
        guard case .integer(let size)? = trailer["Size"], case .reference(let root)? = trailer["Root"],
            let start = lastSectionOffset(of: pdf), size > 0
        else { throw damaged(name, "its trailer has no size or no root") }
        let known = try self.entries(of: pdf, name: name).filter { old in !entries.contains { $0.name == old.name } }
        var update = "\n\(size) 0 obj\n<<\n"
        for entry in known + entries { update += "/\(entry.name) \(PDFText.written(entry.text))\n" }
        update += ">>\nendobj\n"
        let (object, table) = (pdf.count + 1, pdf.count + update.utf8.count)
        update += "xref\n0 1\n0000000000 65535 f \n\(size) 1\n\(padded(object)) 00000 n \n"
        update += "trailer\n<< /Size \(size + 1) /Root \(root) 0 R /Info \(size) 0 R /Prev \(start) >>\n"
        update += "startxref\n\(table)\n%%EOF\n"
        return pdf + Array(update.utf8)
    }

    /// The texts of the information dictionary, in its order; none when the file has no such dictionary.
    /// - Throws: `.badFile` when `pdf` is no PDF file or ends early.
    static func entries(of pdf: [UInt8], name: String) throws -> [Entry] {
        guard let info = try infoObject(of: pdf, name) else { return [] }
        var scanner = PDFScanner(pdf, at: info)
        guard scanner.skipObjectHeader(), case .dictionary(let pairs)? = scanner.object() else {
            throw damaged(name, "its information cannot be read")
        }
        return pairs.compactMap { pair in
            guard case .string(let bytes) = pair.value else { return nil }
            return (pair.name, PDFText.read(bytes))
        }
    }

    // MARK: The way to the dictionary

    /// Updates of a file before they are given up.
    private static let mostSections = 64

    /// Where the information dictionary's object starts.
    private static func infoObject(of pdf: [UInt8], _ name: String) throws -> Int? {
        var offset = try lastSection(of: pdf, name)
        var number: Int?
        var visited: Set<Int> = [offset]
        for _ in 0..<mostSections {
            let trailer = try trailer(of: pdf, at: offset, name)
            if number == nil {
                guard case .reference(let object)? = trailer["Info"] else { return nil }
                number = object
            }
            if let number, let object = object(number, of: pdf, at: offset) { return object }
            guard case .integer(let previous)? = trailer["Prev"], pdf.indices.contains(previous),
                visited.insert(previous).inserted
            else { break }
            offset = previous
        }
        throw damaged(name, "its information is not where it should be")
    }

    private static func lastSection(of pdf: [UInt8], _ name: String) throws -> Int {
        guard pdf.starts(with: Array("%PDF-".utf8)) else {
            throw ComputeError(.badFile, "this is no PDF file", subject: name)
        }
        guard let offset = lastSectionOffset(of: pdf), pdf.indices.contains(offset) else {
            throw damaged(name, "it ends early")
        }
        return offset
    }

    /// The number behind the last "startxref", which stands within the last kilobyte.
    private static func lastSectionOffset(of pdf: [UInt8]) -> Int? {
        let keyword = Array("startxref".utf8)
        let first = max(0, pdf.count - 1024)
        for start in stride(from: pdf.count - keyword.count, through: first, by: -1)
        where pdf[start...].starts(with: keyword) {
            var scanner = PDFScanner(pdf, at: start + keyword.count)
            guard case .integer(let offset)? = scanner.object() else { return nil }
            return offset
        }
        return nil
    }

    /// The dictionary behind a cross-reference table. (Newer files may have streams instead; ours have none.)
    private static func trailer(of pdf: [UInt8], at offset: Int, _ name: String) throws -> [String: PDFObject] {
        var scanner = PDFScanner(pdf, at: offset)
        guard scanner.skip("xref") else { throw damaged(name, "its cross-reference table cannot be read") }
        while let section = scanner.section() { scanner.skipEntries(section.count) }
        guard scanner.skip("trailer"), case .dictionary(let pairs)? = scanner.object() else {
            throw damaged(name, "its trailer cannot be read")
        }
        return Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Where an object starts according to the table at `offset`.
    private static func object(_ number: Int, of pdf: [UInt8], at offset: Int) -> Int? {
        var scanner = PDFScanner(pdf, at: offset)
        guard scanner.skip("xref") else { return nil }
        while let section = scanner.section() {
            let index = number.subtractingReportingOverflow(section.first)
            if !index.overflow, (0..<section.count).contains(index.partialValue) {
                scanner.skipEntries(index.partialValue)
                guard case .integer(let object)? = scanner.object(), pdf.indices.contains(object) else { return nil }
                return object
            }
            scanner.skipEntries(section.count)
        }
        return nil
    }

    /// Ten digits, as the entries of cross-reference tables have.
    private static func padded(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    private static func damaged(_ name: String, _ reason: String) -> ComputeError {
        ComputeError(
            .badFile, "this PDF file cannot be read: \(reason)", subject: name,
            remedy: "a program that wrote it anew may have packed or removed what it said")
    }
}
