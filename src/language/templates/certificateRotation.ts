import type { Template } from './template.js';

/** New certificates for web servers, one server after the other. */
export const certificateRotation: Template = {
  id: 'certificate-rotation',
  title: 'Certificate rotation',
  text: 'Replaces the certificates of web servers one after the other, and asks each of them what it serves.',
  runbook: `runbook: v1
id: ⟦ID⟧
title: ⟦Replace the certificates of the web servers⟧
tags: [certificates, maintenance]

roles:
  web:
    title: ⟦Web server⟧
    hosts: 1..
    vars:
      url: { type: url, title: Address under which clients reach it }
      certificate: { type: path, title: File of the certificate, default: ⟦/etc/ssl/shop.crt⟧ }
      key: { type: path, title: File of its private key, default: ⟦/etc/ssl/shop.key⟧ }

order:
  - first: { backup: web }
    then: { configure: web }
    per: host
    because: A server that refuses the new certificate is brought back with the old one.

prerequisites:
  - id: issued
    title: The new certificates are on the servers, next to the old ones
    on: web
    check: { file: { path: '\${{ host.certificate }}.next', max_age: 30d } }
  - id: key_there
    title: The new keys are there as well
    on: web
    check: { file: { path: '\${{ host.key }}.next' } }

steps:
  - id: rotate
    title: One server after the other
    on: web
    serial: 1
    steps:
      - id: keep
        title: Keep the old certificate and its key
        run: |
          cp -p "$1" "$1.previous"
          cp -p "$2" "$2.previous"
        args: ['\${{ host.certificate }}', '\${{ host.key }}']
        effects: [backup]
        timeout: 1m
        verify:
          command:
            run: |
              cmp "$1" "$1.previous"
              cmp "$2" "$2.previous"
            args: ['\${{ host.certificate }}', '\${{ host.key }}']
      - id: place
        title: Put the new ones in their place
        run: |
          cp -p "$2.next" "$2"
          cp -p "$1.next" "$1"
        args: ['\${{ host.certificate }}', '\${{ host.key }}']
        effects: [configure]
        timeout: 1m
        verify: { command: { run: 'cmp "$1" "$1.next"', args: ['\${{ host.certificate }}'] } }
        undo:
          run: |
            cp -p "$1.previous" "$1"
            cp -p "$2.previous" "$2"
          args: ['\${{ host.certificate }}', '\${{ host.key }}']
      - id: reload
        title: Let the server read them
        service: { name: ⟦nginx⟧, state: restarted }
        timeout: 5m
        irreversible: Connections that are open end.
        verify: { http: { url: '\${{ host.url }}' } }
      - id: looked_at
        title: Somebody has looked at what is served
        manual: ⟦Open the page in a browser and look at the certificate.⟧
        open: \${{ host.url }}
        evidence: [{ attest: The new certificate is served. }]
`,
};
