-- What may stand after the sixth digit of a CPR number in a text: up to three hyphens, Unicode's
-- dashes (Pd, U+2212), its spaces (Zs), tabs, or underscores (folding makes them of hyphens and
-- spaces). The same characters stand in tasks/base/cpr.py; a test holds them together.
CREATE OR REPLACE MACRO cpr_separators() AS
    '[-_ ' || chr(9)
    || chr(160) || chr(1418) || chr(1470) || chr(5120) || chr(5760) || chr(6150) || chr(8192)
    || '-' || chr(8202) || chr(8208) || '-' || chr(8213) || chr(8239) || chr(8287) || chr(8722)
    || chr(11799) || chr(11802) || chr(11834) || chr(11835) || chr(11840) || chr(11869)
    || chr(12288) || chr(12316) || chr(12336) || chr(12448) || chr(65073) || chr(65074)
    || chr(65112) || chr(65123) || chr(65293) || chr(69293) || ']{0,3}'
