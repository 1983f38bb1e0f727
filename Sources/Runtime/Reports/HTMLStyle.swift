/// How a report looks: on a desk, on a phone, on paper; light and dark as the reader's system is set.
///
/// Fonts are the system's own, so that nothing is loaded. Colours of text have a contrast of at least 4.5 to their ground
/// (WCAG 2.1, AA). Charts are drawn on white paper; in the dark their lightness is turned over and their hues turned
/// back, so that they stay legible and keep their colours' names.
enum HTMLStyle {
    static let sheet = colors + page + prose + cells + tables + contents + narrow + print

    private static let colors = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --rule: #d8dee4; --ground: #f6f8fa; --link: #0a5aa8;
          --keyword: #7a3a9e; --string: #0b6b4b; --number: #9a4b00; --comment: #5f6a75; --function: #0a5aa8;
          --bad: #b3261e; --bad-ground: #fdf3f2; --remark-ground: #fff8e6; --remark: #8a6100;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
          --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171a; --ink: #e3e7eb; --faint: #9aa5b0; --rule: #343b43; --ground: #1c2126; --link: #7db8f2;
            --keyword: #cda4f0; --string: #84cfa8; --number: #e6ab73; --comment: #98a3ae; --function: #7db8f2;
            --bad: #ff8f85; --bad-ground: #2b1a1a; --remark-ground: #29230f; --remark: #dcb35c;
          }
          img.chart { filter: invert(.915) hue-rotate(180deg); mix-blend-mode: lighten; }
        }

        """

    private static let page = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 1.0625rem/1.6 var(--sans); font-kerning: normal;
        }
        main, footer { max-width: 50rem; margin: 0 auto; padding: 0 1.5rem; overflow-wrap: break-word; }
        main { padding-top: 3.5rem; }
        footer {
          margin-top: 4rem; padding-top: 1rem; padding-bottom: 3rem; color: var(--faint); font-size: .875rem;
        }
        footer::before { content: ""; display: block; border-top: 1px solid var(--rule); padding-bottom: .75rem; }
        footer p { margin: 0 0 .5rem; }
        footer dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; margin: .5rem 0; }
        footer dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
        footer dd, footer dt { font-family: var(--mono); font-size: .8125rem; }
        summary { cursor: pointer; }
        a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .15em; }
        a:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
          outline: 2px solid var(--link); outline-offset: 2px;
        }

        """

    private static let prose = """
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2.2em 0 .6em; text-wrap: balance; scroll-margin-top: 1rem; }
        h1 { font-size: 2.125rem; letter-spacing: -.015em; line-height: 1.2; margin: 0 0 .7em; }
        section ~ section h1 { margin-top: 2em; }
        h2 { font-size: 1.4375rem; letter-spacing: -.008em; }
        h3 { font-size: 1.125rem; }
        h4, h5, h6 { font-size: 1rem; }
        .prose > :last-child { margin-bottom: 0; }
        .prose p, .prose ul, .prose ol { margin: .8em 0; text-wrap: pretty; }
        .prose ul, .prose ol { padding-left: 1.5em; }
        .prose li { margin: .25em 0; }
        .prose blockquote {
          margin: 1em 0; padding-left: 1em; border-left: 3px solid var(--rule); color: var(--faint);
        }
        .prose code { font: .875em var(--mono); background: var(--ground); padding: .15em .35em; border-radius: 4px; }
        .prose pre code { background: none; padding: 0; font-size: 1em; }
        .prose img { max-width: 100%; height: auto; }
        hr { border: 0; border-top: 1px solid var(--rule); margin: 2.5em 0; }

        """

    private static let cells = """
        .cell { margin: 1.5rem 0 2rem; }
        pre {
          margin: 0; overflow-x: auto; font: .84375rem/1.55 var(--mono); tab-size: 4; font-variant-ligatures: none;
        }
        .code, .prose pre { background: var(--ground); border-radius: 6px; padding: .85rem 1rem; }
        .idle .code { opacity: .65; }
        .idle .remark { padding: 0 1rem; }
        .k { color: var(--keyword); } .s { color: var(--string); } .n, .i { color: var(--number); }
        .c { color: var(--comment); font-style: italic; } .f { color: var(--function); } .e { color: var(--bad); }
        .a { color: var(--faint); }
        .out { margin-top: .9rem; padding: 0 1rem; display: grid; gap: .9rem; }
        .out > * { min-width: 0; }
        figure { margin: .6rem 0; }
        figure img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        figcaption { margin-top: .4rem; text-align: center; }
        figcaption, .remark { color: var(--faint); font-size: .875rem; }
        .remark { margin: .45rem 0 0; }
        .note {
          margin: 0; padding: .4rem .75rem; border-left: 3px solid var(--remark); border-radius: 0 4px 4px 0;
          background: var(--remark-ground); color: var(--remark); font-size: .9375rem;
        }
        .failure, .banner {
          border-left: 3px solid var(--bad); border-radius: 0 6px 6px 0; background: var(--bad-ground);
          padding: .7rem 1rem;
        }
        .failure { margin: 0 -1rem; }
        .failure p { margin: 0 0 .5rem; }
        .failure p, .banner { color: var(--bad); font-size: .9375rem; font-weight: 600; }
        .banner { margin: 0 0 1.5rem; }

        """

    private static let tables = """
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9375rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
        thead { border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); }
        tbody { border-bottom: 1.5px solid var(--ink); }
        th { font-weight: 600; vertical-align: bottom; }
        th, td { padding: .32rem .9rem; text-align: left; white-space: nowrap; }
        tbody tr + tr { border-top: 1px solid var(--rule); }
        th:first-child, td:first-child { padding-left: .2rem; }
        th:last-child, td:last-child { padding-right: .2rem; }
        .number { text-align: right; }

        """

    private static let contents = """
        nav { margin: 0 0 2rem; font-size: .9375rem; line-height: 1.4; }
        nav p { margin: 0 0 .4rem; color: var(--faint); font-size: .875rem; }
        nav ul { list-style: none; margin: 0; padding: 0 0 0 .9rem; border-left: 2px solid var(--rule); }
        nav li { margin: .3rem 0; text-wrap: pretty; }
        nav .sub { padding-left: 1rem; }
        nav a { color: inherit; text-decoration: none; }
        nav a:hover { text-decoration: underline; }
        @media (min-width: 86rem) {
          nav {
            position: fixed; top: 3.9rem; left: calc(50% - 25rem - 15.5rem); width: 14rem;
            max-height: calc(100vh - 6rem); overflow-y: auto; color: var(--faint); font-size: .875rem;
          }
        }

        """

    private static let narrow = """
        @media (max-width: 40rem) {
          body { font-size: 1rem; }
          main, footer { padding-left: 1rem; padding-right: 1rem; }
          main { padding-top: 1.5rem; }
          h1 { font-size: 1.625rem; }
          h2 { font-size: 1.25rem; }
          pre { font-size: .78125rem; }
          .code, .prose pre { border-radius: 0; margin: 0 -1rem; }
          .out, .idle .remark { padding: 0; }
          figure { margin-left: -1rem; margin-right: -1rem; }
          .failure { margin: 0 -1rem; border-radius: 0; }
          table { font-size: .875rem; }
          th, td { padding: .3rem .6rem; }
        }

        """

    private static let print = """
        @page { margin: 18mm 16mm; }
        @media print {
          :root {
            color-scheme: light;
            --paper: #fff; --ink: #000; --faint: #444; --rule: #bbb; --ground: #f5f5f5; --link: #000;
            --keyword: #5c2a7a; --string: #0b5139; --number: #7a3b00; --comment: #555; --function: #08477f;
            --bad: #8f1d17; --bad-ground: #fff; --remark-ground: #fff; --remark: #6b4b00;
          }
          body { font-size: 10pt; line-height: 1.45; }
          main, footer { max-width: none; padding: 0; }
          h1 { font-size: 19pt; } h2 { font-size: 13.5pt; } h3 { font-size: 11.5pt; }
          h1, h2, h3, h4 { break-after: avoid; }
          pre { font-size: 8.3pt; white-space: pre-wrap; overflow-wrap: anywhere; overflow: visible; }
          .code { border: .5pt solid var(--rule); }
          nav { position: static; width: auto; max-height: none; font-size: 9pt; }
          footer { font-size: 8.5pt; }
          .prose { break-after: avoid; }
          .failure { margin: 0; }
          figure, tr, .note { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          table { font-size: 9pt; }
          img.chart { filter: none; mix-blend-mode: normal; max-height: 20cm; object-fit: contain; }
          a { text-decoration: none; }
          details { display: none; }
        }

        """
}
