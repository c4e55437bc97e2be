import { spanOf } from '../model/located.ts';
import { placeIn, quoted } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const more = (fields: string) =>
  `    <resources>\n        <group id="big" fields="${fields}"/>\n    </resources>\n`;

export const resourceGroupWhitespace: Rule = {
  code: 'GX378',
  name: 'resource-group-whitespace',
  severity: 'warning',
  summary: 'A field of a resource group has white space at an end.',
  why: 'Galaxy does not remove it, finds no field of that name, and cannot show the form of any tool with the group.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, get_tool_resource_xml',
  example: () => ({
    bad: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml({ more: more('memory, time') }) },
    at: 'job_conf.xml:10:40',
    good: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml({ more: more('memory,time') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const group of jobs.resourceGroups) {
        const wrong = group.fields.find((one) => one.value !== one.value.trim());
        if (!wrong) continue;
        const span = spanOf(wrong);
        const exact =
          span && !group.expandedAt && span.source.text.slice(span.start, span.end) === wrong.value;
        report(
          finding(
            this,
            `the field ${quoted(wrong.value)} of the resource group ${quoted(group.id.value)} has white space at an end`,
            placeIn(wrong, group),
            {
              help: 'separate fields by commas alone',
              ...(exact
                ? {
                    fix: {
                      title: 'remove the white space',
                      safe: true,
                      edits: group.fields.flatMap((one) => {
                        const place = spanOf(one);
                        return place && one.value !== one.value.trim() && one.value.trim() !== ''
                          ? [{ span: place, text: one.value.trim() }]
                          : [];
                      }),
                    },
                  }
                : {}),
            },
          ),
        );
      }
    }
  },
};
