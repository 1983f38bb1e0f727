import Compute
import Foundation

// `languages`, `statistics`, `charts` or `engine` as an argument leaves the others out.
let chosen = CommandLine.arguments.dropFirst().first
let environment = ProcessInfo.processInfo.environment

func workloads(_ folder: String) -> Languages {
    Languages(
        folder: URL(fileURLWithPath: folder), program: environment["TX_PROGRAM"] ?? "transfer-script",
        numpy: environment["TX_NUMPY"])
}

if chosen == nil || chosen == "languages" {
    try workloads("Languages").report("language")
    try workloads("Languages").reportStart()
}
if chosen == nil || chosen == "statistics" { try workloads("Statistics").report("statistics") }
if chosen == nil || chosen == "charts" {
    try Charts(
        folder: URL(fileURLWithPath: "Charts"), program: environment["TX_PROGRAM"] ?? "transfer-script",
        python: environment["TX_NUMPY"]
    ).report()
}
if let chosen, chosen != "engine" { exit(0) }

/// GEMM, features and training steps of the main example's networks, beside the roofline of this machine: the best rate of a large
/// convolution, measured in the same run.
let threads = Threads.available
let blas = try BLAS(threads: threads)
print("# \(threads) threads, OpenBLAS core \(blas.coreName), medians of \(Measure.runs)")

for size in [256, 512, 1024, 2048] {
    let matrix = Matrix(rows: size, columns: size, values: (0..<size * size).map { Float($0 % 17) - 8 })
    let work = 2 * Double(size) * Double(size) * Double(size) * 1e-9
    var check: (Matrix, Matrix)?
    let (ours, peer) = try Measure.medians(
        { check = (try blas.multiply(matrix, by: matrix), check?.1 ?? matrix) },
        { check = (check?.0 ?? matrix, try DNNProduct.multiply(matrix, by: matrix, threads: threads)) })
    guard let check, zip(check.0.values, check.1.values).allSatisfy({ abs($0 - $1) <= 1e-3 * max(1, abs($1)) }) else {
        throw ComputeError(.numerical, "OpenBLAS and oneDNN disagree", subject: "gemm \(size)")
    }
    Measure.report("gemm \(size)", work / ours, "GFLOP/s", "\(Int(100 * peer / ours))% of oneDNN's sgemm")
}

let roofline = try Roofline.convolution(threads: threads)
Measure.report("roofline (3×3, 256 channels, 28×28, batch 16)", roofline, "GFLOP/s")
try Networks.report(roofline: roofline, threads: threads)
