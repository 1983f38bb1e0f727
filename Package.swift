// swift-tools-version: 6.1
// Dependencies point one way: transfer-script → Runtime → { Lang, Compute } → C targets. Lang and Compute never meet.
import PackageDescription

let package = Package(
    name: "transfer-script",
    products: [
        .executable(name: "transfer-script", targets: ["transfer-script"]),
        .library(name: "Compute", targets: ["Compute"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C and C++: each is bound by one Swift file, its only user.
        .target(name: "CDNN", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("gomp")]),
        .target(name: "CBLAS", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CChafa", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CDistributions"),
        .target(name: "CEdit", linkerSettings: [.linkedLibrary("edit")]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),

        .target(name: "Lang"),
        .target(
            name: "Compute",
            dependencies: ["CDNN", "CBLAS", "CDistributions", "CPNG", "CTurboJPEG", "CArchive"]),
        .target(
            name: "Runtime",
            dependencies: [
                "Lang", "Compute", "CCairo", "CCmark", "CPCRE2", "CChafa", "CEdit",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .executableTarget(
            name: "transfer-script",
            dependencies: ["Runtime", "CMalloc", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .target(name: "TestSupport", dependencies: ["CPseudoTerminal"], path: "Tests/TestSupport"),
        .testTarget(name: "LangTests", dependencies: ["Lang", "TestSupport"]),
        .testTarget(name: "ComputeTests", dependencies: ["Compute", "TestSupport"]),
        .testTarget(name: "RuntimeTests", dependencies: ["Runtime", "TestSupport"]),
        .testTarget(name: "ProgramTests", dependencies: ["transfer-script", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
