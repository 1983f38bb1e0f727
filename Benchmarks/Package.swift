// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "transfer-script", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmarks", dependencies: [.product(name: "Compute", package: "transfer-script")])
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
