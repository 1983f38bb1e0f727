// Many more inputs than libFuzzer manages, without looking at coverage: takes the corpus that libFuzzer grew, changes
// inputs at random (seeded) and runs them through the same target in a build without instrumentation. The input at hand
// lies in a mapped file, where a crash leaves it: four bytes with its length, then itself. A hang ends by an alarm of processor
// time, which a busy machine does not set off.

import Glibc

@main
struct Mutate {
    /// `mutate CORPUS INPUTS SEED CRASHFILE`
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let count = Int(arguments[2]), let seed = UInt64(arguments[3]) else {
            return print("usage: mutate CORPUS INPUTS SEED CRASHFILE")
        }
        let corpus = inputs(in: arguments[1])
        var mutator = Mutator(corpus: corpus, state: seed &* 2 &+ 1)
        guard !corpus.isEmpty, let current = map(arguments[4]) else { return print("nothing to mutate") }
        var patience = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: 20, tv_usec: 0))
        for done in 1...max(count, 1) {
            let input = mutator.next(limit: 512)
            current.storeBytes(of: UInt32(input.count), as: UInt32.self)
            (current + 4).copyMemory(from: input, byteCount: input.count)
            setitimer(__itimer_which_t(ITIMER_VIRTUAL.rawValue), &patience, nil)
            _ = input.withUnsafeBufferPointer { fuzzOne($0.baseAddress, $0.count) }
            if done % 1_000_000 == 0 { print(done, "inputs") }
        }
        unlink(arguments[4])
        print("\(count) inputs")
    }

    private static func inputs(in folder: String) -> [[UInt8]] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var inputs: [[UInt8]] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let file = try? SourceFile(path: folder + "/" + name), !file.bytes.isEmpty { inputs.append(file.bytes) }
        }
        return inputs.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func map(_ path: String) -> UnsafeMutableRawPointer? {
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0, ftruncate(file, 4096) == 0 else { return nil }
        return mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
    }
}

private struct Mutator {
    let corpus: [[UInt8]]
    var state: UInt64

    /// What breaks programs best.
    private let pieces: [[UInt8]] = [
        "{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "\n", "#", "##", ";", "=>", "|>", "..", "~", " in ", "not ",
        "if ",
        " else ", "fn f(x) = ", "let a = ", "var b = ", "return ", "try {", "} catch e {", "for i in ", "while ", "...",
        "map(", "filter(", "sort(", "{a: ", "[i for i in ", "1e308", "-0.0", "nan", "\\u{1F600}", "é", "\u{0}", "%",
        "^",
    ].map { Array($0.utf8) }

    /// SplitMix64.
    private mutating func random(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (bits ^ (bits >> 31)) % UInt64(max(bound, 1)))
    }

    mutating func next(limit: Int) -> [UInt8] {
        var input = corpus[random(corpus.count)]
        if input.count > limit {
            let start = random(input.count - limit)
            input = [input[0]] + input[start..<start + limit - 1]
        }
        for _ in 0...random(4) { mutate(&input) }
        if input.count > limit { input.removeLast(input.count - limit) }
        return input
    }

    private mutating func mutate(_ input: inout [UInt8]) {
        let place = 1 + random(input.count)
        let length = min(random(24), max(input.count - place, 0))
        switch random(6) {
        case 0 where place < input.count: input[place] = UInt8(truncatingIfNeeded: random(256))
        case 1 where place < input.count: input.removeSubrange(place..<place + length)
        case 2: input.insert(contentsOf: pieces[random(pieces.count)], at: min(place, input.count))
        case 3 where place < input.count:
            let copy = Array(input[place..<place + length])
            input.insert(contentsOf: copy, at: 1 + random(input.count - 1))
        case 4:
            let other = corpus[random(corpus.count)]
            let start = random(other.count)
            input.insert(contentsOf: other[start..<min(start + 40, other.count)], at: min(place, input.count))
        default: input[0] ^= 1
        }
    }
}
