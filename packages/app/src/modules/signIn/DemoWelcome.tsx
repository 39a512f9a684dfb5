import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Card,
  CardBody,
  Container,
  Flex,
  Grid,
  Text,
  TextField,
} from '@backstage/ui';
import { useState } from 'react';
import { LogoIcon } from '../nav';

/**
 * What the visitor of a simulated organisation sees first.
 *
 * @param onChoose - told the name of the user as whom the visitor goes in
 */
export function DemoWelcome(props: { onChoose(user: string): void }) {
  const { onChoose } = props;
  const demo = useApi(configApiRef).getOptionalConfig('app.demo');
  const people = demo?.getOptionalConfigArray('people') ?? [];
  const [other, setOther] = useState('');

  return (
    <Container>
      <Flex
        direction="column"
        gap="6"
        py="8"
        style={{ maxWidth: 900, margin: '0 auto' }}
      >
        <Flex align="center" gap="3">
          <LogoIcon />
          <Text as="h1" variant="title-medium" weight="bold">
            CI Medic
          </Text>
        </Flex>
        <Flex direction="column" gap="3">
          <Text as="h2" variant="title-small" weight="bold">
            This is a simulated organisation
          </Text>
          <Text as="p" variant="body-large">
            Seventeen repositories, six teams and eight weeks of history, on
            this machine only. People change code, builds run, break for causes
            that nobody tells CI Medic, and recover. An hour passes each minute
            until the present is reached. Logs are outputs of real tools.
          </Text>
          <Text as="p" variant="body-large">
            To see your own builds, write <code>app-config.local.yaml</code> as{' '}
            <code>docs/connect-github.md</code> says, and start with{' '}
            <code>npm start -- --github</code>.
          </Text>
        </Flex>
        <Flex direction="column" gap="3">
          <Text as="h2" variant="title-x-small" weight="bold">
            Go in as
          </Text>
          <Grid.Root columns={{ initial: '1', sm: '2' }} gap="3">
            {people.map(person => {
              const user = person.getString('user');
              const name = person.getString('name');
              return (
                <Card key={user}>
                  <CardBody>
                    <Flex direction="column" gap="3" align="start">
                      <Text color="secondary">{person.getString('role')}</Text>
                      <Button onPress={() => onChoose(user)}>{name}</Button>
                    </Flex>
                  </CardBody>
                </Card>
              );
            })}
          </Grid.Root>
        </Flex>
        <form
          onSubmit={event => {
            event.preventDefault();
            if (other.trim()) {
              onChoose(other.trim());
            }
          }}
        >
          <Flex align="end" gap="3">
            <TextField
              label="Or as any other user of the catalog"
              placeholder="grace.kim"
              value={other}
              onChange={setOther}
            />
            <Button type="submit" variant="secondary">
              Go in
            </Button>
          </Flex>
        </form>
      </Flex>
    </Container>
  );
}
