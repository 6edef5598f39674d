-- Why a row has more fields than columns, in Danish or English, with a space before it: a number
-- that its decimal comma split; '' where that is not known.
CREATE OR REPLACE MACRO shown_split(place, row_no, is_danish) AS coalesce(
    said(
        is_danish,
        ' Filen er adskilt af komma, og et tal ser ud til at være delt ved sit decimalkomma i ',
        ' The file is separated by commas, and a number seems to be split at its decimal comma in '
    )
    || column_letters(place) || row_no
    || said(
        is_danish,
        ': sæt anførselstegn om tallet, eller gem filen med semikolon.',
        ': put quotation marks around the number, or save the file with semicolons.'
    ),
    ''
)
