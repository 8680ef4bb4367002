import { seed } from '#prisma/seed'
import { openTestContainer } from '#server/auth/test-container'
import { transaction } from '#server/db/transaction'
import { takeNumbers } from '#server/models/number-series'
import { type NewOrder, placeOrders } from './order-place'

/** For tests: a workshop without orders, its people by name, and a way to place one. */
export async function openTestWorkshop() {
  const running = await openTestContainer({ demoOrders: 0 })
  const { prisma } = running
  await seed(running.env)
  const users = await prisma.user.findMany({ select: { id: true, name: true, role: true } })
  const [customer, other] = await prisma.customer.findMany({
    where: { sites: { some: {} } },
    include: { sites: { orderBy: { id: 'asc' } } },
    orderBy: { number: 'desc' },
    take: 2,
  })
  const products = await prisma.product.findMany({ orderBy: { sku: 'asc' } })
  const [first, second] = products
  const panel = products.find(({ line }) => line === 'panels')
  if (!customer || !other || !first || !second || !panel) throw new Error('The seed makes no workshop.')
  const site = (nth: number) => customer.sites[nth % customer.sites.length]?.id ?? ''

  const place = async (change: Partial<NewOrder> = {}) => {
    const [number = ''] = await takeNumbers('order', 1)
    const lines = [
      { productId: first.id, siteId: site(0), quantity: 10 },
      { productId: second.id, siteId: site(1), quantity: 5 },
    ]
    const dueOn = new Date('2026-12-24')
    const placed: NewOrder = {
      number,
      customerId: customer.id,
      priority: 'normal',
      dueOn,
      reference: null,
      lines,
      ...change,
    }
    const [id = ''] = await transaction((tx) => placeOrders(tx, [placed]))
    return id
  }
  return {
    ...running,
    customer,
    other,
    first,
    second,
    panel,
    site,
    place,
    person: (name: string) => {
      const user = users.find((one) => one.name === name)
      if (!user) throw new Error(`There is no ${name}.`)
      return user
    },
  }
}

export type TestWorkshop = Awaited<ReturnType<typeof openTestWorkshop>>
