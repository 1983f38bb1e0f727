import Glibc

/// What a terminal sends, cut into keys: characters of UTF-8, blocks pasted between the marks of "bracketed paste"
/// (`ESC[200~ … ESC[201~`), and the end of the terminal.
///
/// Whatever the bytes are, every call makes progress or waits; a terminal that is gone gives `.end` for ever.
final class KeyReader {
    enum Key: Equatable {
        case character(Unicode.Scalar)
        case pasted(String)
        case moved(PrivateKey)
        case end
    }

    /// What the terminal is told so that it marks pasted text, and so that it stops.
    static let marksPastes = "\u{1B}[?2004h"
    static let marksNothing = "\u{1B}[?2004l"

    private static let pasteStart = Array("\u{1B}[200~".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    /// Milliseconds. A sequence arrives at once, so a lone Escape is known to be one after a short while.
    private static let patience: Int32 = 40
    private static let tick: Int32 = 200

    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var head = 0
    private var isAtEnd = false

    init(descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

    /// The next key. `idle` is asked five times a second while none comes; true ends the waiting with nil.
    ///
    /// - Parameter recognizesMoves: gives arrows and their like as keys. In vi's insert mode their sequences would else
    ///   begin with the Escape that leaves it.
    func next(recognizesMoves: Bool = false, idle: () -> Bool) -> Key? {
        while true {
            if head == bytes.count {
                if isAtEnd { return .end }
                (bytes, head) = ([], 0)
                if fill(KeyReader.tick) == .nothing, idle() { return nil }
            } else if bytes[head...].starts(with: KeyReader.pasteStart) {
                head += KeyReader.pasteStart.count
                return pasted()
            } else if KeyReader.pasteStart.starts(with: bytes[head...]),
                fill(KeyReader.patience) == .something
            {
                continue
            } else if recognizesMoves, let key = moved() {
                return .moved(key)
            } else {
                return .character(scalar())
            }
        }
    }

    private func moved() -> PrivateKey? {
        let rest = bytes[head...]
        guard let (sequence, key) = PrivateKey.sequences.first(where: { rest.starts(with: $0.bytes) }) else {
            return nil
        }
        head += sequence.count
        return key
    }

    // MARK: Bytes

    private enum Arrival { case something, nothing }

    /// Waits for bytes; a hangup or an error is the end.
    private func fill(_ milliseconds: Int32) -> Arrival {
        guard !isAtEnd else { return .nothing }
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&request, 1, milliseconds)
        if ready == 0 || (ready < 0 && errno == EINTR) { return .nothing }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = ready < 0 ? -1 : chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, ready > 0, errno == EINTR || errno == EAGAIN { return .nothing }
        guard count > 0 else {
            isAtEnd = true
            return .nothing
        }
        bytes += chunk[..<count]
        return .something
    }

    /// The character at the head; bytes that are no UTF-8 become one replacement character each.
    private func scalar() -> Unicode.Scalar {
        let length: Int
        switch bytes[head] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: length = 1
        }
        while bytes.count - head < length, fill(KeyReader.patience) == .something {}
        var decoder = UTF8()
        var input = bytes[head...].prefix(length).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&input) else {
            head += 1
            return "\u{FFFD}"
        }
        head += UTF8.width(scalar)
        return scalar
    }

    /// The block up to its end mark. Where the mark got lost, Ctrl-C alone ends it.
    private func pasted() -> Key {
        let start = head
        var searched = head
        while true {
            let end = KeyReader.pasteEnd
            while searched + end.count <= bytes.count {
                if bytes[searched] == end[0], bytes[searched...].starts(with: end) {
                    head = searched + end.count
                    return .pasted(String(decoding: bytes[start..<searched], as: UTF8.self))
                }
                searched += 1
            }
            let known = bytes.count
            let arrival = fill(KeyReader.tick)
            if isAtEnd || (arrival == .something && bytes[known...].elementsEqual([3])) {
                head = bytes.count
                return isAtEnd ? .end : .character("\u{3}")
            }
        }
    }
}
